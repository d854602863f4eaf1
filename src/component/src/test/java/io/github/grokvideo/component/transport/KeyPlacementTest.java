// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.KeyPlacement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key goes where the provider says, to the gateway only, and comes back from nowhere. */
class KeyPlacementTest {

    @TempDir
    Path directory;
    private TransportRig rig;

    @BeforeEach
    void start() {
        rig = new TransportRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static GatewayAccess access(FaultServer server, KeyPlacement placement) {
        return new GatewayAccess(URI.create(server.url("/v1")), TransportRig.KEY, placement);
    }

    @Test
    void aSchemeOfItsOwn() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            rig.call(access(server, KeyPlacement.header("Authorization", "Key ")), HttpCall.get("/videos"));
            assertThat(server.only().header("authorization")).isEqualTo("Key " + TransportRig.KEY);
        }
    }

    @Test
    void aHeaderOfItsOwn() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            rig.call(access(server, KeyPlacement.header("X-Api-Key", "")), HttpCall.get("/videos"));
            assertThat(server.only().headers()).containsEntry("x-api-key", TransportRig.KEY).doesNotContainKey("authorization");
        }
    }

    @Test
    void aQueryParameterThatNoErrorShows() {
        KeyPlacement query = KeyPlacement.query("key");
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            rig.call(access(server, query), HttpCall.get("/videos").withQuery("page", "a b"));
            assertThat(server.only().target()).isEqualTo("/v1/videos?page=a+b&key=" + TransportRig.KEY);
            assertThat(server.only().headers()).doesNotContainKey("authorization");
        }
        GatewayAccess nobody = new GatewayAccess(URI.create("http://127.0.0.1:1/v1"), TransportRig.KEY, query);
        assertThatThrownBy(() -> rig.call(nobody, HttpCall.get("/videos"))).hasMessageNotContaining(TransportRig.KEY);
    }

    @Test
    void otherMethodsAndHeaders() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("202 Accepted", "{}"))) {
            rig.call(server.access(), HttpCall.put("/requests/1/cancel").withHeader("X-Queue-Priority", "low"));
            rig.call(server.access(), HttpCall.delete("/files/1"));

            assertThat(server.requests()).extracting(FaultServer.Request::method).containsExactly("PUT", "DELETE");
            assertThat(server.requests().get(0).headers()).containsEntry("x-queue-priority", "low").containsEntry("connection", "close")
                    .containsEntry("authorization", "Bearer " + TransportRig.KEY);
        }
    }

    @Test
    void aHeaderOfTheProviderDoesNotReplaceTheKey() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", "{}"))) {
            rig.call(server.access(), HttpCall.get("/videos").withHeader("Authorization", "Bearer other"));
            assertThat(server.only().header("authorization")).isEqualTo("Bearer " + TransportRig.KEY);
        }
    }

    @Test
    void aKeyThatTheGatewayRepeatsIsMasked() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("401 Unauthorized",
                "X-Request-Id: of-" + TransportRig.KEY + "\r\n",
                ("{\"error\":\"wrong key " + TransportRig.KEY + "\"}").getBytes(StandardCharsets.UTF_8)))) {
            HttpAnswer answer = rig.call(server.access(), HttpCall.get("/videos"));

            assertThat(answer.body()).isEqualTo("{\"error\":\"wrong key ***\"}");
            assertThat(answer.headers()).containsEntry("X-Request-Id", "of-***");
        }
    }

    @Test
    void aDownloadCarriesTheKeyInItsPlace() {
        byte[] video = Mp4.video(5000);
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("200 OK", "Content-Type: video/mp4\r\n", video))) {
            DownloadedVideo downloaded = rig.download(Orders.in(directory, access(server, KeyPlacement.header("Authorization", "Key ")))
                    .content("/videos/1/content").order());

            assertThat(server.only().header("authorization")).isEqualTo("Key " + TransportRig.KEY);
            assertThat(downloaded.size()).isEqualTo(video.length);
        }
    }

    @Test
    void aPlaceAtTheGatewayGetsTheKeyAndTheFile() throws Exception {
        Path image = Files.write(directory.resolve("cat.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 1, 2, 3});
        try (FaultServer server = FaultServer.start((request, wire) -> wire.json("200 OK", ""))) {
            send(server, URI.create(server.url("/place/cat.png?signature=s")), new Media.LocalFile(image));

            FaultServer.Request request = server.only();
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.target()).isEqualTo("/place/cat.png?signature=s");
            assertThat(request.body()).isEqualTo(Files.readAllBytes(image));
            assertThat(request.headers()).containsEntry("content-type", "image/png").containsEntry("x-place", "1")
                    .containsEntry("content-length", "11").containsEntry("authorization", "Bearer " + TransportRig.KEY);
        }
    }

    @Test
    void aPlaceOnAPrivateAddressIsRefusedBeforeAnythingIsSent() {
        try (FaultServer gateway = FaultServer.start((request, wire) -> wire.json("200 OK", ""));
             FaultServer inside = FaultServer.start((request, wire) -> wire.json("200 OK", ""))) {
            assertThatThrownBy(() -> send(gateway, URI.create(inside.url("/place")), new Media.Bytes(new byte[5], "image/png")))
                    .hasRootCauseInstanceOf(java.io.IOException.class).hasMessageContaining("nothing was sent");
            assertThat(inside.requests()).isEmpty();
        }
    }

    private HttpAnswer send(FaultServer server, URI place, Media media) {
        HttpCall file = new HttpCall("PUT", "/", Map.of("X-Place", "1"), new HttpCall.FileBytes("image/png", media));
        try {
            return rig.transport.send(server.access(), place, file, Duration.ofSeconds(20)).orTimeout(1, TimeUnit.MINUTES).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    @Test
    void toStringShowsNoQuery() {
        assertThat(HttpCall.post("/v?secret=1", JsonNodeFactory.instance.objectNode())).hasToString("POST /v");
    }
}
