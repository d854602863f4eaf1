// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import io.github.grokvideo.simulator.job.SimulatedJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadTest {

    private static GrokVideoSimulator simulator;
    private static Client client;

    @BeforeAll
    static void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ZERO).videos(VideoMode.SHARED).start();
        client = new Client(simulator, "reapi");
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    private static String submit(String prompt) {
        return client.post("/videos/generations", "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"" + prompt + "\"}")
                .is(200).text("/id");
    }

    private static String url(String taskId) {
        return client.get("/tasks/" + taskId).is(200).text("/output/video_urls/0");
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    @Test
    void theWholeFileIsWhatTheJobSays() throws Exception {
        String id = submit("x [[size=3MB]]");
        SimulatedJob job = simulator.job(id).orElseThrow();
        HttpResponse<byte[]> whole = Client.fetch(url(id));
        assertThat(whole.body()).hasSize(3_000_000);
        assertThat(job.fileSize()).isEqualTo(3_000_000);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole.body()))).isEqualTo(job.sha256());
        assertThat(job.downloads()).isEqualTo(1);
        assertThat(header(whole, "accept-ranges")).isEqualTo("bytes");
    }

    @Test
    void rangesAreServedWhileTheValidatorHolds() {
        String url = url(submit("x [[size=3MB]]"));
        byte[] whole = Client.fetch(url).body();
        HttpResponse<byte[]> part = Client.fetch(url, "Range", "bytes=1999990-2000009");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "content-range")).isEqualTo("bytes 1999990-2000009/3000000");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 1_999_990, 2_000_010));
        assertThat(Client.fetch(url, "Range", "bytes=-10").body()).isEqualTo(Arrays.copyOfRange(whole, 2_999_990, 3_000_000));
        assertThat(Client.fetch(url, "Range", "bytes=2999999-").body()).hasSize(1);
        HttpResponse<byte[]> beyond = Client.fetch(url, "Range", "bytes=3000000-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "content-range")).isEqualTo("bytes */3000000");
        String etag = header(part, "etag");
        assertThat(Client.fetch(url, "Range", "bytes=0-9", "If-Range", etag).statusCode()).isEqualTo(206);
        assertThat(Client.fetch(url, "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void headTellsTheLengthAndSpendsNoFault() {
        String url = url(submit("x [[size=3MB]] [[fault:download-500]]"));
        HttpResponse<byte[]> head = Client.exchange(
                HttpRequest.newBuilder(URI.create(url)).method("HEAD", HttpRequest.BodyPublishers.noBody()).build());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "content-length")).isEqualTo("3000000");
        assertThat(Client.fetch(url).statusCode()).isEqualTo(500);
        assertThat(Client.fetch(url).statusCode()).isEqualTo(200);
    }

    @Test
    void urlsCannotBeForgedOrUsedTooLate() {
        String url = url(submit("x"));
        assertThat(Client.fetch(url.replace("signature=", "signature=0")).statusCode()).isEqualTo(403);
        assertThat(Client.fetch(url.replaceAll("\\?.*", "")).statusCode()).isEqualTo(403);
        assertThat(Client.fetch(url.replaceAll("task_[0-9a-f]+", "task_00")).statusCode()).isEqualTo(404);
        try (GrokVideoSimulator shortLived = GrokVideoSimulator.builder().renderTime(Duration.ZERO).urlLifetime(Duration.ZERO).start()) {
            Client other = new Client(shortLived, "xai");
            String id = other.post("/videos/generations", "{\"prompt\":\"x\"}").text("/request_id");
            assertThat(Client.fetch(other.get("/videos/" + id).text("/video/url")).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void expiredUrlsAreReplacedByTheNextStatusOrNot() {
        String fresh = submit("x [[fault:download-expired]]");
        String first = url(fresh);
        assertThat(Client.fetch(first).statusCode()).isEqualTo(403);
        assertThat(Client.fetch(first).statusCode()).isEqualTo(403);
        assertThat(Client.fetch(url(fresh)).statusCode()).isEqualTo(200);
        String dead = submit("x [[fault:download-expired fresh=false]]");
        String same = url(dead);
        assertThat(Client.fetch(same).statusCode()).isEqualTo(403);
        assertThat(url(dead)).isEqualTo(same);
        assertThat(Client.fetch(same).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"download-404,404", "download-503,503", "download-redirect,302", "download-redirect-private,302", "download-html,200",
        "download-empty,200"})
    void someAnswersAreNoVideo(String fault, int status) {
        String url = url(submit("x [[fault:" + fault + "]]"));
        HttpResponse<byte[]> spoiled = Client.fetch(url);
        assertThat(spoiled.statusCode()).isEqualTo(status);
        assertThat(spoiled.body().length).isLessThan(1000);
        if (status == 302) {
            assertThat(header(spoiled, "location")).startsWith(fault.endsWith("private") ? "http://169.254.169.254/" : simulator.url());
        }
        assertThat(Client.fetch(url).statusCode()).isEqualTo(200);
    }

    @Test
    void cutDownloadsCanBeResumed() throws IOException {
        String id = submit("x [[size=3MB]] [[fault:download-reset bytes=1000000]]");
        byte[] head = partial(url(id));
        assertThat(head.length).isBetween(1, 1_000_000);
        byte[] rest = Client.fetch(url(id), "Range", "bytes=" + head.length + "-").body();
        assertThat(head.length + rest.length).isEqualTo(3_000_000);
    }

    @Test
    void truncatedDownloadsPromiseMoreThanTheyGive() throws IOException {
        String url = url(submit("x [[size=3MB]] [[fault:download-truncated bytes=1000]]"));
        assertThat(partial(url)).hasSize(1000);
        assertThatThrownBy(() -> Client.fetch(url(submit("x [[size=3MB]] [[fault:download-truncated]]"))))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void stalledDownloadsKeepTheConnection() throws IOException {
        URI uri = URI.create(url(submit("x [[size=3MB]] [[fault:download-stall bytes=1000]]")));
        try (Socket socket = open(uri)) {
            socket.setSoTimeout(300);
            InputStream in = socket.getInputStream();
            assertThatThrownBy(() -> in.readNBytes(100_000)).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void lengthRangesAndValidatorsCanBeTakenAway() {
        String chunked = url(submit("x [[size=3MB]] [[fault:download-chunked]]"));
        HttpResponse<byte[]> whole = Client.fetch(chunked);
        assertThat(header(whole, "content-length")).isNull();
        assertThat(whole.body()).hasSize(3_000_000);
        String plain = url(submit("x [[size=3MB]] [[fault:download-no-range]] [[fault:download-changed-etag]]"));
        HttpResponse<byte[]> noRange = Client.fetch(plain, "Range", "bytes=10-");
        assertThat(noRange.statusCode()).isEqualTo(200);
        assertThat(header(noRange, "accept-ranges")).isNull();
        HttpResponse<byte[]> changed = Client.fetch(plain, "Range", "bytes=10-", "If-Range", header(noRange, "etag"));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(header(changed, "etag")).isNotEqualTo(header(noRange, "etag"));
    }

    @Test
    void slowDownloadsKeepToTheirRate() {
        String url = url(submit("x [[size=600kB]] [[fault:download-slow rate=1MB]]"));
        long before = System.nanoTime();
        assertThat(Client.fetch(url).body()).hasSize(600_000);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void hugeFilesAreNeverHeld() {
        String url = url(submit("x [[size=6GB]]"));
        HttpResponse<byte[]> end = Client.fetch(url, "Range", "bytes=5999999990-");
        assertThat(header(end, "content-range")).isEqualTo("bytes 5999999990-5999999999/6000000000");
        assertThat(end.body()).hasSize(10);
    }

    /** The bytes of the body that arrive before the connection breaks. */
    private static byte[] partial(String url) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = open(URI.create(url))) {
            byte[] buffer = new byte[65_536];
            for (int n; (n = socket.getInputStream().read(buffer)) > 0;) {
                received.write(buffer, 0, n);
            }
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        String text = received.toString(StandardCharsets.ISO_8859_1);
        int start = text.indexOf("\r\n\r\n") + 4;
        return Arrays.copyOfRange(received.toByteArray(), start, received.size());
    }

    private static Socket open(URI uri) throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        String request = "GET " + uri.getPath() + "?" + uri.getQuery() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
