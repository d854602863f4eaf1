// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import com.sun.net.httpserver.HttpServer;
import io.github.grokvideo.component.error.InvalidRequestException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What xAI takes since November 2026, from the route to its wire. */
class XaiTodayTest extends SimulatedGateway {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1};
    private static final String NEW = "grok-imagine-video-1.5";

    @BeforeEach
    void route() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:generate").to("grokvideo:generate");
            }
        });
    }

    private Exchange send(Object body, Map<String, Object> headers) {
        return context.createFluentProducerTemplate().to("direct:generate").withBody(body).withHeaders(headers).send();
    }

    private Path png(String name) throws Exception {
        return Files.write(directory.resolve(name), PNG);
    }

    @Test
    void framesAndKeyframesAreFilesOfThisMachine() throws Exception {
        Exchange done = send(Map.of("model", NEW, "prompt", "a walk", "duration", 6), Map.of(
                "CamelGrokVideoImages", png("a.png").toFile(), "CamelGrokVideoLastFrame", png("z.png").toFile(),
                "CamelGrokVideoKeyframes", png("k1.png") + "@2," + png("k2.png") + "@4.5"));

        assertThat(done.getException()).isNull();
        assertThat(simulator.jobs()).hasSize(1);
    }

    @Test
    void referencesAndVoicesNeedNoPromptAndTakeAFirstFrame() throws Exception {
        assertThat(send(Map.of("model", NEW, "voices", "ara, rex"), Map.of("CamelGrokVideoImages", List.of(
                png("1.png").toFile(), png("2.png").toFile()), "CamelGrokVideoFirstFrame", png("a.png").toFile())).getException()).isNull();
    }

    @Test
    void aVideoForXaiToPutElsewhereNeverComesHere() throws Exception {
        List<Integer> stored = new CopyOnWriteArrayList<>();
        HttpServer bucket = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bucket.createContext("/", request -> {
            stored.add(request.getRequestBody().readAllBytes().length);
            request.sendResponseHeaders(200, -1);
            request.close();
        });
        bucket.start();
        try {
            String place = "http://127.0.0.1:" + bucket.getAddress().getPort() + "/cat.mp4";

            Exchange done = send("a cat", Map.of("CamelGrokVideoUploadUrl", place + "?X-Amz-Signature=s3cret"));

            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getBody()).isNull();
            assertThat(done.getMessage().getHeaders()).containsEntry("CamelGrokVideoDeliveredTo", place).containsKey("CamelGrokVideoCost")
                    .doesNotContainKey("CamelGrokVideoFile");
            assertThat(stored).containsExactly((int) simulator.jobs().get(0).fileSize());
            assertThat(simulator.jobs().get(0).downloads()).isZero();
            Object jobId = done.getMessage().getHeader("CamelGrokVideoJobId");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(context.createFluentProducerTemplate()
                    .to("grokvideo:status").withBody(jobId).send().getMessage().getHeader("CamelGrokVideoStatus")).isEqualTo("DELIVERED"));
        } finally {
            bucket.stop(0);
        }
    }

    @Test
    void aStoredVideoIsTheSourceOfALaterJob() {
        Exchange first = send("a cat", Map.of("CamelGrokVideoStorage", Map.of("fileName", "cat.mp4", "publicUrl", true)));
        assertThat(first.getException()).isNull();
        assertThat(first.getMessage().getHeaders()).containsKeys("CamelGrokVideoFileId", "CamelGrokVideoPublicUrl");

        Exchange edit = send(Map.of("prompt", "at night", "mode", "edit",
                "video", "job:" + first.getMessage().getHeader("CamelGrokVideoJobId")), Map.of());
        assertThat(edit.getException()).isNull();
    }

    @Test
    void anotherModelAndAStorageThatFailedAreTold() {
        Exchange done = send("a cat [[fault:other-model]]", Map.of());
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader("CamelGrokVideoAnsweredModel")).isNotNull()
                .isNotEqualTo(done.getMessage().getHeader("CamelGrokVideoJobModel"));

        Exchange stored = send("a cat [[fault:storage-error]]", Map.of("CamelGrokVideoStorage", "cat.mp4"));
        assertThat(stored.getException()).isNull();
        assertThat(stored.getMessage().getHeader("CamelGrokVideoStorageError", String.class)).isNotBlank();
    }

    @Test
    void whatTheModelDoesNotTakeIsSaidBeforeAnUpload() throws Exception {
        Exchange failed = send(Map.of("prompt", "at night", "mode", "edit", "model", NEW),
                Map.of("CamelGrokVideoVideo", png("none.mp4").toFile()));

        assertThat(failed.getException()).isInstanceOf(InvalidRequestException.class);
        assertThat(simulator.requests().entries()).isEmpty();
    }

    @Test
    void aRatioWithoutEffectIsAWarning() {
        Exchange checked = context.createFluentProducerTemplate().to("grokvideo:validate?aspectRatio=1:1")
                .withHeader("CamelGrokVideoImages", "https://img.example/a.png").withBody("x").send();

        assertThat(checked.getException()).isNull();
        assertThat(checked.getMessage().getHeader("CamelGrokVideoWarnings", List.class)).hasSize(1)
                .allSatisfy(warning -> assertThat(warning.toString()).startsWith("aspectRatio=1:1: is ignored"));
    }
}
