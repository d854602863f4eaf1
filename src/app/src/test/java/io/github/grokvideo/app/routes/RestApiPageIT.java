// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.HttpPeer.header;
import static io.github.grokvideo.app.routes.HttpPeer.json;
import static io.github.grokvideo.app.routes.HttpPeer.text;
import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a web page needs of the route rest-api: parts of a video, no needless transfer, an answer at the end, cancel, costs. */
class RestApiPageIT {

    @TempDir
    Path dir;

    private RouteRig rig;
    private HttpPeer peer;

    private void start(String gateway) throws Exception {
        rig = new RouteRig(dir).gateway(gateway);
        peer = HttpPeer.start(rig, "rest-api", "/openapi.json", "Grok Video");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private String submitted(String prompt) throws Exception {
        HttpResponse<byte[]> answer = peer.post("/videos", "{\"prompt\": \"" + prompt + "\"}");
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(202);
        return header(answer, "Location");
    }

    @Test
    void whatTheVideosHaveCostIsWhatTheGatewayHasCharged() throws Exception {
        start("xai");
        String video = submitted("A fox");
        submitted("A cat");
        awaitThat(() -> assertThat(peer.get(video + "/content").statusCode()).isEqualTo(200));

        awaitThat(() -> {
            JsonNode sums = json(peer.get("/spend?period=today&by=account,day"));
            assertThat(sums).hasSize(1);
            assertThat(sums.get(0).get("account").asText()).isEqualTo("default");
            assertThat(sums.get(0).get("jobs").asInt()).isEqualTo(2);
            assertThat(sums.get(0).get("spentReported").decimalValue()).isEqualByComparingTo(rig.simulator.ledger().spent("xai"));
        });
        HttpResponse<byte[]> wrong = peer.get("/spend?period=always");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(json(wrong).get("detail").asText()).contains("period=always");
    }

    @Test
    void aPlayerGetsThePartsItAsksForFromTheDisk() throws Exception {
        start("xai");
        String video = submitted("A fox");
        awaitThat(() -> assertThat(peer.get(video + "/content").statusCode()).isEqualTo(200));
        long downloads = rig.simulator.requests().count("xai", RequestKind.DOWNLOAD);

        HttpResponse<byte[]> whole = peer.get(video + "/content");
        byte[] all = whole.body();
        String tag = header(whole, "ETag");
        assertThat(header(whole, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(tag).isEqualTo('"' + rig.simulator.jobs().iterator().next().sha256() + '"');

        HttpResponse<byte[]> part = peer.get(video + "/content", "Range", "bytes=10-99", "If-Range", tag);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 10-99/" + all.length);
        assertThat(header(part, "Content-Type")).isEqualTo("video/mp4");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(all, 10, 100));
        assertThat(peer.get(video + "/content", "Range", "bytes=1000-").body()).isEqualTo(Arrays.copyOfRange(all, 1000, all.length));
        assertThat(peer.get(video + "/content", "Range", "bytes=-7").body())
                .isEqualTo(Arrays.copyOfRange(all, all.length - 7, all.length));

        HttpResponse<byte[]> beyond = peer.get(video + "/content", "Range", "bytes=" + all.length + "-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */" + all.length);
        HttpResponse<byte[]> known = peer.get(video + "/content", "If-None-Match", tag);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(peer.get(video + "/content", "Range", "bytes=0-1", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(rig.simulator.requests().count("xai", RequestKind.DOWNLOAD)).as("from the disk").isEqualTo(downloads);
        for (HttpResponse<byte[]> answer : List.of(whole, part, beyond, known)) {
            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
        }
    }

    @Test
    void aPageShowsTheFirstPicture() throws Exception {
        start("xai");
        String video = submitted("A fox [[render=2s]]");
        HttpResponse<byte[]> early = peer.get(video + "/poster");
        awaitThat(() -> assertThat(peer.get(video + "/poster").statusCode()).isEqualTo(200));

        HttpResponse<byte[]> poster = peer.get(video + "/poster");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(header(poster, "Content-Type")).isEqualTo("image/jpeg");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(poster.body()));
        assertThat(picture.getWidth()).isBetween(100, 640);
        assertThat(picture.getHeight()).isLessThan(picture.getWidth());
        assertThat(peer.get(video + "/poster", "If-None-Match", header(poster, "ETag")).statusCode()).isEqualTo(304);
        assertThat(peer.get("/videos/none/poster").statusCode()).isEqualTo(404);
        assertThat(poster.headers().map().keySet()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
    }

    @Test
    void withoutADecoderThereAreNoPictures() throws Exception {
        rig = new RouteRig(dir).gateway("xai").set("ffmpeg", dir.resolve("none").toString());
        peer = HttpPeer.start(rig, "rest-api", "/openapi.json", "Grok Video");
        String video = submitted("A fox");

        awaitThat(() -> assertThat(peer.get(video + "/poster").statusCode()).isEqualTo(501));
        assertThat(json(peer.get(video + "/poster")).get("detail").asText()).contains("needs the program");
        assertThat(peer.get(video + "/content").statusCode()).isEqualTo(200);
    }

    @Test
    void aVideoThatIsNoLongerInTheOutboxComesFromTheGateway() throws Exception {
        start("xai");
        String video = submitted("A fox");
        awaitThat(() -> assertThat(peer.get(video + "/content").statusCode()).isEqualTo(200));
        Path file = rig.outbox.resolve("rest-api").resolve(video.substring("/videos/".length()) + ".mp4");
        byte[] before = Files.readAllBytes(file);

        Files.delete(file);

        assertThat(peer.get(video + "/content").body()).isEqualTo(before);
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void theStateIsAnsweredAtTheEndOfTheJob() throws Exception {
        start("xai");
        String video = submitted("A fox [[render=2s]]");

        long begun = System.nanoTime();
        HttpResponse<byte[]> answer = peer.get(video, "Prefer", "wait=30");

        assertThat(json(answer).path("status").asText()).isEqualTo("DOWNLOADED");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(25));
        assertThat(json(peer.get(video, "Prefer", "wait=30")).path("status").asText()).as("at once").isEqualTo("DOWNLOADED");
    }

    @Test
    void anOpenJobIsAnsweredAfterTheTime() throws Exception {
        start("xai");
        String video = submitted("A fox [[render=10m]]");

        long begun = System.nanoTime();
        HttpResponse<byte[]> answer = peer.get(video, "Prefer", "wait=1");

        assertThat(json(answer).path("status").asText()).isIn("ACCEPTED", "RUNNING");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void manyWhoWaitDoNotKeepOthersFromBeingAnswered() throws Exception {
        start("xai");
        String video = submitted("A fox [[render=10m]]");
        List<CompletableFuture<HttpResponse<byte[]>>> waiting = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            waiting.add(peer.begin(peer.request(video, "Prefer", "wait=30").GET()));
        }

        // Those beyond the limit are answered at once, and so is whoever comes after them.
        awaitThat(() -> assertThat(waiting.stream().filter(CompletableFuture::isDone)).hasSize(30));
        assertThat(peer.get(video).statusCode()).isEqualTo(200);
        assertThat(waiting.stream().filter(CompletableFuture::isDone)).hasSize(30);

        // A stop answers the others, with an error that says that the job goes on.
        rig.stop();
        for (CompletableFuture<HttpResponse<byte[]>> one : waiting) {
            int status = one.get(30, TimeUnit.SECONDS).statusCode();
            assertThat(status).isIn(200, 503);
        }
    }

    @Test
    void aJobIsCancelledWhereTheGatewayCanDoThat() throws Exception {
        start("fal");
        String video = submitted("A fox [[render=10m]]");

        HttpResponse<byte[]> answer = peer.delete(video);

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        awaitThat(() -> assertThat(json(peer.get(video)).path("status").asText()).isEqualTo("CANCELLED"));
        assertThat(peer.get(video + "/content").statusCode()).isEqualTo(410);
    }

    @Test
    void whereItCannotTheAnswerSaysSo() throws Exception {
        start("xai");

        HttpResponse<byte[]> answer = peer.delete(submitted("A fox [[render=10m]]"));

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(json(answer).path("errorType").asText()).isEqualTo("UNSUPPORTED");
        assertThat(peer.delete("/videos/none").statusCode()).isEqualTo(404);
    }
}
