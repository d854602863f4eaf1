// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoTest {

    private static final int SIZE = 300_000;

    @TempDir
    private static Path directory;
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();
    private static byte[] video;
    private static VideoConsole console;
    private static Browserless browser;

    @BeforeAll
    static void start() throws IOException {
        video = new byte[SIZE];
        new Random(7).nextBytes(video);
        Map<String, Path> files = Map.of("job-1", Files.write(directory.resolve("1.mp4"), video),
                "job-gone", directory.resolve("gone.mp4"), "job-folder", Files.createDirectory(directory.resolve("folder.mp4")),
                "job-link", Files.createSymbolicLink(directory.resolve("link.mp4"),
                        Files.writeString(directory.resolve("secret.txt"), "a secret")));
        console = VideoConsole.builder().users(TestUsers.both()).videos(id -> {
            ASKED.add(id);
            if (id.equals("job-away")) {
                throw new IllegalStateException("the store is away");
            }
            return Optional.ofNullable(files.get(id));
        }).build();
        console.start();
        browser = new Browserless(console);
        browser.login(TestUsers.VIEWER, TestUsers.PASSWORD);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void saysThatTheStoreIsAway() {
        HttpResponse<String> answer = browser.get("videos/job-away");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("The job store does not answer; try again.");
    }

    @Test
    void servesTheWholeFile() {
        HttpResponse<byte[]> answer = browser.send(browser.request("videos/job-1"), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(video);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(answer.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'self'");
        assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-9, 0, 9", "bytes=100000-299999, 100000, 299999", "bytes=299990-, 299990, 299999", "bytes=-10, 299990, 299999",
            "bytes=5-999999999, 5, 299999", "bytes=-999999999, 0, 299999", "bytes=0-0, 0, 0"})
    void servesARange(String header, int first, int last) {
        HttpResponse<byte[]> answer = browser.send(browser.request("videos/job-1").header("Range", header),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes " + first + "-" + last + "/" + SIZE);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(video, first, last + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=300000-", "bytes=300000-300005", "bytes=-0"})
    void saysThatARangeIsOutsideTheFile(String header) {
        HttpResponse<String> answer = browser.send(browser.request("videos/job-1").header("Range", header));

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes */" + SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9-0", "bytes=0-1,5-6", "bytes=-", "lines=1-2", "bytes=a-b"})
    void servesTheWholeFileForARangeItDoesNotKnow(String header) {
        HttpResponse<byte[]> answer = browser.send(browser.request("videos/job-1").header("Range", header),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(SIZE);
    }

    @Test
    void servesTheWholeFileWhereTheRangeIsOfAnotherVersion() {
        HttpResponse<byte[]> answer = browser.send(browser.request("videos/job-1").header("Range", "bytes=0-9")
                .header("If-Range", "\"other\""),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(SIZE);
    }

    @Test
    void tellsTheSizeAlone() {
        HttpResponse<String> answer = browser.send(browser.request("videos/job-1").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"videos/job-2", "videos/job-gone", "videos/job-folder", "videos/job-link",
            "videos/..%2F..%2Fetc%2Fpasswd", "videos/%2e%2e/secret"})
    void saysThatThereIsNoVideo(String path) {
        HttpResponse<String> answer = browser.get(path);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain(directory.toString(), "a secret");
    }

    @Test
    void needsALogin() {
        Browserless stranger = new Browserless(console);
        ASKED.clear();

        assertThat(stranger.get("videos/job-1").statusCode()).isEqualTo(403);
        assertThat(ASKED).isEmpty();
        assertThat(stranger.send(stranger.request("videos/job-1")
                .header("Authorization", Browserless.basic(TestUsers.VIEWER, TestUsers.PASSWORD)))
                .statusCode()).isEqualTo(200);
    }

    @Test
    void servesHawtiosPageAndOurTabWithoutListingDirectories() {
        assertThat(browser.get("index.html").body()).contains("<base href=\"/hawtio/\">");
        assertThat(browser.get("plugin").body()).contains("plugins/grokvideo");
        assertThat(browser.get("plugins/grokvideo/remoteEntry.js").body()).contains("Video Jobs");
        assertThat(browser.get("static/js/").statusCode()).isIn(403, 404);
        assertThat(browser.get("hawtconfig.json").body()).contains("\"/connect\"");
    }
}
