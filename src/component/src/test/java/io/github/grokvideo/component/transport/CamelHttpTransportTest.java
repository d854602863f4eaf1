// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CamelHttpTransportTest {

    private static final HttpCall GET = HttpCall.get("/videos/1%2F2?x=a%20b&y=%3D+");

    private final TransportRig rig = new TransportRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static HttpCall post() {
        return HttpCall.post("/videos/generations", new ObjectMapper().createObjectNode().put("prompt", "Zürich"));
    }

    @Test
    void postsJsonWithTheKey() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{\"id\":\"t1\"}"))) {
            HttpAnswer answer = rig.call(server.access(), post());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("id").asText()).isEqualTo("t1");
            FaultServer.Request request = server.only();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/v1/videos/generations");
            assertThat(request.text()).isEqualTo("{\"prompt\":\"Zürich\"}");
            assertThat(request.headers()).containsEntry("authorization", "Bearer " + TransportRig.KEY)
                    .containsEntry("accept", "application/json").containsEntry("user-agent", "camel-grokvideo")
                    .containsEntry("content-type", "application/json").containsEntry("connection", "close").doesNotContainKey("upgrade");
        }
    }

    @Test
    void getsPathsAsTheyAre() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("202 Accepted", ""))) {
            HttpAnswer answer = rig.call(server.access(), GET);

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.body()).isEmpty();
            assertThat(server.only().target()).isEqualTo("/v1/videos/1%2F2?x=a%20b&y=%3D+");
            assertThat(server.only().headers()).doesNotContainKeys("content-type", "content-length");
        }
    }

    /** Camel HTTP's client repeats these by default, after the server's Retry-After. */
    @ParameterizedTest
    @ValueSource(strings = {"503 Service Unavailable", "429 Too Many Requests", "500 Oops", "408 Request Timeout", "401 Unauthorized",
            "407 Proxy Authentication Required", "302 Found", "307 Temporary Redirect", "400 Bad Request", "204 No Content"})
    void everyStatusIsAnAnswerAndThePostIsSentOnce(String status) {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer(status,
                "Retry-After: 0\r\nLocation: /elsewhere\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                        + "Proxy-Authenticate: Basic realm=\"x\"\r\n",
                new byte[0]))) {
            HttpAnswer answer = rig.call(server.access(), post());

            assertThat(answer.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
            assertThat(answer.headers()).containsEntry("retry-after", "0");
            server.only();
        }
    }

    @Test
    void keepsConnectionsOfGetsAndNeverThoseOfPosts() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            for (int i = 0; i < 20; i++) {
                rig.call(server.access(), GET);
            }
            // A connection may be free only just after its answer is there.
            int kept = server.connections();
            assertThat(kept).isBetween(1, 5);
            for (int i = 0; i < 3; i++) {
                rig.call(server.access(), post());
            }
            assertThat(server.connections()).isEqualTo(kept + 3);
        }
    }

    @Test
    void takesNoCookies() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("200 OK", "Set-Cookie: a=b; Path=/\r\n", new byte[0]))) {
            rig.call(server.access(), GET);
            rig.call(server.access(), GET);
            assertThat(server.requests()).hasSize(2).allSatisfy(request -> assertThat(request.header("cookie")).isNull());
        }
    }

    @Test
    void takesTheFirstOfManyHeaders() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("200 OK", "X-Id: 1\r\nX-Id: 2\r\n", new byte[0]))) {
            assertThat(rig.call(server.access(), GET).headers()).containsEntry("x-id", "1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/plain; charset=utf-8", "text/plain; charset=no-such", ";;;", "application/json; charset"})
    void readsUtf8WhateverTheContentTypeIsLike(String type) {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("200 OK", "Content-Type: " + type + "\r\n",
                "Zürich".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(rig.call(server.access(), GET).body()).isEqualTo("Zürich");
        }
    }

    @Test
    void readsOtherCharsets() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("200 OK",
                "Content-Type: text/plain; charset=iso-8859-1\r\n", "Zürich".getBytes(StandardCharsets.ISO_8859_1)))) {
            assertThat(rig.call(server.access(), GET).body()).isEqualTo("Zürich");
        }
    }

    /** Of a gateway that repeats the images of the request before it comes to the point. */
    @Test
    void readsThePointOfALargeAnswer() {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Transfer-Encoding: chunked\r\n");
            wire.chunk("{\"input\":{\"images\":[\"data:image/png;base64,".getBytes(StandardCharsets.US_ASCII));
            byte[] image = "A".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 8; i++) {
                wire.chunk(image);
            }
            wire.chunk("\"]},\"id\":\"task-1\"}".getBytes(StandardCharsets.US_ASCII));
            wire.chunk(new byte[0]);
        })) {
            HttpAnswer answer = rig.call(server.access(), post());
            assertThat(answer.json().path("id").asText()).isEqualTo("task-1");
            assertThat(answer.body()).hasSizeLessThan(100_000);
        }
    }

    @Test
    void cutsEndlessBodies() {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Transfer-Encoding: chunked\r\n");
            byte[] chunk = "x".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                wire.chunk(chunk);
            }
        })) {
            assertThat(rig.call(server.access(), GET).body()).hasSize(1 << 20);
        }
    }

    @Test
    void uploadsAFile(@TempDir Path directory) throws Exception {
        Path image = directory.resolve("my cat.png");
        byte[] content = Mp4.video(300_000);
        Files.write(image, content);
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            rig.call(server.access(), upload(new Media.LocalFile(image)));

            // Not what its name, or whoever named it, says.
            assertUploaded(server.only(), content, "video/mp4");
        }
    }

    @Test
    void uploadsBytes() {
        byte[] content = Mp4.video(1000);
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            rig.call(server.access(), upload(new Media.Bytes(content, null)));

            assertUploaded(server.only(), content, "image/png");
        }
    }

    private static HttpCall upload(Media content) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("purpose", "Vidéo");
        fields.put("second", "2");
        return HttpCall.post("/uploads",
                new HttpCall.Multipart(fields, new HttpCall.FilePart("file", "my \"cät.png", "image/png", content)));
    }

    private static void assertUploaded(FaultServer.Request request, byte[] content, String type) {
        assertThat(request.header("content-type")).startsWith("multipart/form-data; ").contains("boundary=");
        String body = new String(request.body(), StandardCharsets.ISO_8859_1);
        // Not assertThat(body): it would print megabytes.
        assertThat(inOrder(body, "name=\"purpose\"", new String("Vidéo".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                "name=\"second\"", "2",
                new String("name=\"file\"; filename=\"my \\\"cät.png\"".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                "Content-Type: " + type, "\r\n\r\n",
                new String(content, StandardCharsets.ISO_8859_1), "\r\n--")).isTrue();
    }

    private static boolean inOrder(String text, String... parts) {
        int position = 0;
        for (String part : parts) {
            int found = text.indexOf(part, position);
            if (found < 0) {
                return false;
            }
            position = found + part.length();
        }
        return true;
    }

    @Test
    void aMissingFileSendsNothing(@TempDir Path directory) {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            TransportException e = catchThrowableOfType(TransportException.class,
                    () -> rig.call(server.access(), upload(new Media.LocalFile(directory.resolve("gone.png")))));

            assertThat(e.isSent()).isFalse();
            assertThat(e).hasMessageContaining("gone.png");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void anUploadIsSentOnceToo() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("503 Busy", "{}"))) {
            assertThat(rig.call(server.access(), upload(new Media.Bytes(new byte[9], null))).status()).isEqualTo(503);
            server.only();
        }
    }

    @Test
    void doesNotQuoteAPathThatIsNone() {
        TransportException e = catchThrowableOfType(TransportException.class,
                () -> rig.call(new GatewayAccess(URI.create("http://gateway.test"), TransportRig.KEY), HttpCall.get("/a b?token=1")));
        assertThat(e.isSent()).isFalse();
        assertThat(e).hasMessageContaining("invalid path").hasMessageNotContaining("token").hasNoSuppressedExceptions();
    }

    @Test
    void speaksHttpOnly() {
        TransportException e = catchThrowableOfType(TransportException.class,
                () -> rig.call(new GatewayAccess(URI.create("ftp://gateway.test"), TransportRig.KEY), GET));
        assertThat(e.isSent()).isFalse();
    }
}
