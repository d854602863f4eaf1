// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestHashTest {

    @TempDir
    Path directory;

    @Test
    void equalRequestsHaveEqualHashesWhateverTheOrderOfTheirMaps() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("a", Map.of("x", 1));
        one.put("b", List.of(1, 2));
        Map<String, Object> two = new LinkedHashMap<>();
        two.put("b", List.of(1, 2));
        two.put("a", Map.of("x", 1));

        assertThat(hash(VideoRequest.builder().prompt("p").additionalFields(one)))
                .isEqualTo(hash(VideoRequest.builder().prompt("p").additionalFields(two))).hasSize(64);
    }

    @Test
    void everyFieldCounts() {
        assertThat(List.of(
                hash(VideoRequest.builder()), hash(VideoRequest.builder().prompt("p")), hash(VideoRequest.builder().model("p")),
                hash(VideoRequest.builder().mode(Mode.EDIT)), hash(VideoRequest.builder().duration(1)),
                hash(VideoRequest.builder().seed(1L)), hash(VideoRequest.builder().additionalField("seed", 1)),
                hash(VideoRequest.builder().prompt("a\",\"user\":\"b")), hash(VideoRequest.builder().prompt("a").user("b")),
                hash(VideoRequest.builder().video(Media.of("job:1"))), hash(VideoRequest.builder().image(Media.of("job:1"))),
                hash(VideoRequest.builder().image(Media.of("https://a.example/i?s=1"))),
                hash(VideoRequest.builder().image(Media.of("https://a.example/i?s=2"))))).doesNotHaveDuplicates();
    }

    @Test
    void localMediaCountByTheirContent() throws Exception {
        byte[] content = new byte[200_000];
        Path one = Files.write(directory.resolve("1.png"), content);
        Path two = Files.write(directory.resolve("2.png"), content);

        String hash = hash(VideoRequest.builder().image(new Media.LocalFile(one)));
        assertThat(hash).isEqualTo(hash(VideoRequest.builder().image(new Media.LocalFile(two))))
                .isEqualTo(hash(VideoRequest.builder().image(new Media.Bytes(content, "image/png"))));
        content[199_999] = 1;
        Files.write(two, content);
        assertThat(hash(VideoRequest.builder().image(new Media.LocalFile(two)))).isNotEqualTo(hash);
    }

    @Test
    void aMissingFileHasNoHash() {
        assertThatThrownBy(() -> hash(VideoRequest.builder().video(new Media.LocalFile(directory.resolve("none")))))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static String hash(VideoRequestBuilder request) {
        return RequestHash.of(request.build());
    }
}
