// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.job.VideoRequestBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables agree with the documented ranges at their borders. */
class ModelBordersTest {

    @ParameterizedTest(name = "{0} {1} {2}: {3} to {4} s")
    @CsvSource({
            "xai, grok-imagine-video, text-to-video, 1, 15",
            "xai, grok-imagine-video, image-to-video, 1, 15",
            "xai, grok-imagine-video, reference-to-video, 1, 10",
            "xai, grok-imagine-video, extend, 2, 10",
            "xai, grok-imagine-video-1.5, text-to-video, 1, 15",
            "xai, grok-imagine-video-1.5, image-to-video, 1, 15",
            "xai, grok-imagine-video-1.5, reference-to-video, 1, 15",
            "xai, grok-imagine-video-1.5-lite, text-to-video, 1, 15",
            "toapis, grok-imagine-1.0-video, text-to-video, 6, 30",
            "toapis, grok-imagine-1.0-video, image-to-video, 6, 30",
            "toapis, grok-imagine-1-0-video, text-to-video, 2, 15",
            "toapis, grok-imagine-1-0-video, image-to-video, 2, 15",
            "toapis, grok-imagine-1-0-video, reference-to-video, 2, 15",
            "toapis, grok-imagine-1-0-video, edit, 2, 15",
            "toapis, grok-video-1.5, image-to-video, 1, 15",
            "toapis, grok-video-1.0, text-to-video, 1, 15",
            "toapis, grok-video-1.0, image-to-video, 1, 15",
            "toapis, grok-video-1.0, reference-to-video, 1, 15",
            "reapi, grok-imagine-1.0-video, text-to-video, 6, 30",
            "reapi, grok-imagine-1.0-video, image-to-video, 6, 30",
            "reapi, grok-imagine-video-1.5-beta, image-to-video, 1, 15",
            "reapi, grok-imagine-video-1.5-official, text-to-video, 3, 15",
            "aivideoapi, grok-imagine-text-to-video, text-to-video, 6, 30",
            "aivideoapi, grok-imagine-image-to-video, image-to-video, 6, 30",
            "uniall, grok-imagine, text-to-video, 1, 15",
            "uniall, grok-imagine, image-to-video, 1, 15",
            "uniall, grok-imagine, reference-to-video, 1, 10",
            "uniall, grok-imagine, extend, 2, 10"})
    void durations(String provider, String model, String mode, int min, int max) {
        for (int seconds : new int[] {min - 1, min, max, max + 1, 0, -1, Integer.MAX_VALUE}) {
            VideoRequest request = valid(model, mode).duration(seconds).build();
            assertThat(broken(provider, request)).as("%s s", seconds)
                    .isEqualTo(seconds >= min && seconds <= max ? List.of() : List.of("duration"));
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3} to {4} images")
    @CsvSource({
            "xai, grok-imagine-video, image-to-video, 1, 1",
            "xai, grok-imagine-video, reference-to-video, 1, 7",
            "xai, grok-imagine-video-1.5, reference-to-video, 1, 7",
            "xai, grok-imagine-video-1.5-lite, image-to-video, 1, 1",
            "toapis, grok-imagine-1.0-video, image-to-video, 1, 7",
            "toapis, grok-imagine-1-0-video, image-to-video, 1, 1",
            "toapis, grok-imagine-1-0-video, reference-to-video, 1, 1",
            "toapis, grok-video-1.5, image-to-video, 1, 1",
            "toapis, grok-video-1.5-preview, image-to-video, 1, 1",
            "toapis, grok-video-1.0, image-to-video, 1, 1",
            "toapis, grok-video-1.0, reference-to-video, 1, 8",
            "reapi, grok-imagine-1.0-video, image-to-video, 1, 7",
            "reapi, grok-imagine-video-1.5-beta, image-to-video, 1, 1",
            "aivideoapi, grok-imagine-image-to-video, image-to-video, 1, 7",
            "uniall, grok-imagine, image-to-video, 1, 1"})
    void images(String provider, String model, String mode, int min, int max) {
        for (int count = min - 1; count <= max + 1; count++) {
            List<Media> images = Stream.generate(() -> Media.of("https://img.example/1.png")).limit(count).toList();
            VideoRequest request = valid(model, mode).duration(model.contains("preview") || mode.equals("edit") ? 10 : 6)
                    .images(images).build();
            assertThat(broken(provider, request)).as("%s images", count)
                    .isEqualTo(count >= min && count <= max ? List.of() : List.of("images"));
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2} characters")
    @CsvSource({
            "reapi, grok-imagine-1.0-video, 4000",
            "aivideoapi, grok-imagine-text-to-video, 5000"})
    void prompts(String provider, String model, int longest) {
        assertThat(broken(provider, valid(model, "text-to-video").prompt("x".repeat(longest)).build())).isEmpty();
        // One character each for people, two for Java.
        assertThat(broken(provider, valid(model, "text-to-video").prompt("\ud83e\udd8a".repeat(longest)).build())).isEmpty();
        assertThat(broken(provider, valid(model, "text-to-video").prompt("x".repeat(longest + 1)).build())).containsExactly("prompt");
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @CsvSource(delimiter = '|', value = {
            "xai|grok-imagine-video|text-to-video|aspectRatio|1:1 16:9 9:16 4:3 3:4 3:2 2:3 21:9 5:2",
            "xai|grok-imagine-video|text-to-video|resolution|480p 720p",
            "xai|grok-imagine-video-1.5|text-to-video|resolution|480p 720p 1080p",
            "xai|grok-imagine-video-1.5-lite|image-to-video|resolution|480p 720p 1080p",
            "xai|grok-imagine-video-1.5|image-to-video|resolution|480p 720p 1080p",
            "xai|grok-imagine-video-1.5|reference-to-video|resolution|480p 720p",
            "toapis|grok-imagine-1.0-video|text-to-video|aspectRatio|16:9 9:16 1:1 3:2 2:3",
            "toapis|grok-imagine-1.0-video|text-to-video|resolution|480p 720p",
            "toapis|grok-video-1.5|image-to-video|aspectRatio|1:1 16:9 9:16 3:2 2:3",
            "toapis|grok-video-1.5|image-to-video|resolution|480p 720p",
            "toapis|grok-video-1.5-preview|image-to-video|aspectRatio|1:1 16:9 9:16 3:2 2:3",
            "toapis|grok-video-1.0|text-to-video|aspectRatio|1:1 16:9 9:16 3:2 2:3",
            "toapis|grok-video-1.0|text-to-video|resolution|480p 720p",
            "reapi|grok-imagine-1.0-video|text-to-video|aspectRatio|16:9 9:16 1:1 3:2 2:3",
            "reapi|grok-imagine-1.0-video|text-to-video|resolution|480p 720p",
            "reapi|grok-imagine-video-1.5-official|text-to-video|aspectRatio|1:1 16:9 9:16",
            "aivideoapi|grok-imagine-text-to-video|text-to-video|aspectRatio|2:3 3:2 1:1 16:9 9:16",
            "aivideoapi|grok-imagine-text-to-video|text-to-video|resolution|480p 720p",
            "aivideoapi|grok-imagine-text-to-video|text-to-video|style|fun normal spicy",
            "aivideoapi|grok-imagine-image-to-video|image-to-video|style|fun normal",
            "uniall|grok-imagine|text-to-video|aspectRatio|16:9 1:1 9:16",
            "uniall|grok-imagine|text-to-video|resolution|480p 720p",
            "uniall|grok-imagine|edit|resolution|480p 720p"})
    void words(String provider, String model, String mode, String field, String allowed) {
        List<String> documented = List.of(allowed.split(" "));
        Stream.concat(documented.stream(), Stream.of(
                "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9", "5:2", "auto", "480p", "720p", "1080p", "720P", "4k", "fun",
                "normal", "spicy", "Fun", "")).forEach(word -> {
                    VideoRequestBuilder request = valid(model, mode);
                    switch (field) {
                        case "aspectRatio" -> request.aspectRatio(word);
                        case "resolution" -> request.resolution(word);
                        default -> request.style(word);
                    }
                    assertThat(broken(provider, request.build())).as(word)
                            .isEqualTo(documented.contains(word) ? List.of() : List.of(field));
                });
    }

    private static VideoRequestBuilder valid(String model, String mode) {
        VideoRequestBuilder request = VideoRequest.builder().model(model).mode(Mode.of(mode).orElseThrow()).prompt("A fox");
        if (mode.startsWith("image") || mode.startsWith("reference")) {
            request.image(Media.of("https://img.example/1.png"));
        }
        if (mode.equals("edit") || mode.equals("extend")) {
            request.video(Media.of("https://v.example/1.mp4"));
        } else if (model.equals("grok-imagine")) {
            request.duration(5);
        }
        return request;
    }

    private static List<String> broken(String provider, VideoRequest request) {
        return VideoProviders.named(provider).orElseThrow().resolve(request).violations().stream().map(Violation::field).toList();
    }
}
