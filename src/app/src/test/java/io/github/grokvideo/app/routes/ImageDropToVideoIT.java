// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDropToVideoIT {

    @TempDir
    Path dir;

    private RouteRig rig;

    @BeforeEach
    void servers() throws Exception {
        rig = new RouteRig(dir, ServerChoice.parse("s3:" + RouteRig.freePort()));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reapi", "xai"})
    void theVideoIsInTheBucketToTheLastByte(String gateway) throws Exception {
        rig.gateway(gateway).start("image-drop-to-video");
        rig.drop("image-drop-to-video/boat.jpg", Files.readAllBytes(RouteRig.SAMPLE_IMAGE));

        awaitThat(() -> assertThat(files(rig.inbox.resolve("image-drop-to-video/.done"))).hasSize(1));
        SimulatedJob job = rig.simulator.jobs().iterator().next();
        assertThat(rig.simulator.jobs()).hasSize(1);
        assertThat(job.mode()).contains("image");
        assertThat(files(rig.bucket().resolve("videos"))).singleElement().asString().matches("[^/]+/boat[.]mp4");
        assertThat(sha256(rig.bucket().resolve("videos").resolve(files(rig.bucket().resolve("videos")).get(0)))).isEqualTo(job.sha256());
        String submit = rig.simulator.requests().entries(RequestKind.SUBMIT).get(0).body();
        if (gateway.equals("reapi")) {
            assertThat(files(rig.bucket().resolve("images"))).singleElement().asString().endsWith("/boat.jpg");
            String url = new ObjectMapper().readTree(submit).path("image_urls").path(0).asText();
            assertThat(url).contains("/videos/images/").contains("X-Amz-Signature");
            assertThat(get(url).body()).isEqualTo(Files.readAllBytes(RouteRig.SAMPLE_IMAGE));
            assertThat(get(url.substring(0, url.indexOf('?'))).statusCode()).isEqualTo(403);
        } else {
            assertThat(submit).contains("base64,");
        }
        rig.assertNothingLeft();
    }

    @Test
    void whileS3IsAwayNothingIsLostOrPaidForAgain() throws Exception {
        rig.start("image-drop-to-video");
        rig.stopServers();
        rig.drop("image-drop-to-video/boat.jpg", Files.readAllBytes(RouteRig.SAMPLE_IMAGE));
        awaitThat(() -> assertThat(rig.simulator.requests().count("xai", RequestKind.DOWNLOAD)).isPositive());
        rig.startServers();

        awaitThat(() -> assertThat(files(rig.inbox.resolve("image-drop-to-video/.done"))).hasSize(1));
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
        assertThat(files(rig.bucket().resolve("videos"))).hasSize(1);
        rig.assertNothingLeft();
    }

    @Test
    void anImageThatCannotBePublishedIsNotPaidFor() throws Exception {
        rig.gateway("reapi").set("bucket", "no-such-bucket").start("image-drop-to-video");
        rig.drop("image-drop-to-video/boat.jpg", Files.readAllBytes(RouteRig.SAMPLE_IMAGE));

        awaitThat(() -> assertThat(files(rig.inbox.resolve("image-drop-to-video/.failed"))).hasSize(2));
        assertThat(rig.simulator.requests().count("reapi", RequestKind.SUBMIT)).isZero();
    }

    @Test
    void itPublishesForOtherRoutesToo() throws Exception {
        rig.gateway("reapi").set("camel.component.grokvideo.mediaPublisher", "direct:image-drop-to-video-publish")
                .start("image-drop-to-video", "file-to-file");
        rig.drop("media/boat.jpg", Files.readAllBytes(RouteRig.SAMPLE_IMAGE));
        rig.drop("light.json", "{\"prompt\": \"The beam turns\", \"images\": [\"media/boat.jpg\"]}");

        awaitThat(() -> assertThat(files(rig.outbox)).containsExactly("light.mp4"));
        assertThat(files(rig.bucket().resolve("images"))).hasSize(1);
        assertThat(rig.simulator.requests().entries(RequestKind.SUBMIT).get(0).body()).contains("X-Amz-Signature");
    }

    private static HttpResponse<byte[]> get(String url) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(read(file)));
    }

    private static byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
