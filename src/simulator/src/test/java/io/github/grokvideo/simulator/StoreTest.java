// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.ledger.LedgerEntry;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulator that is started again on its store. */
class StoreTest {

    private static final String TOAPIS = "{\"model\":\"grok-video-1.0\",\"prompt\":\"%s\",\"client_business_id\":\"%s\"}";
    private static final String REAPI = "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"%s\"}";

    @TempDir
    Path dir;

    private GrokVideoSimulator simulator;

    @AfterEach
    void close() {
        if (simulator != null) {
            simulator.close();
        }
    }

    private void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ZERO).store(dir.resolve("store")).start();
    }

    private void restart() {
        simulator.close();
        start();
    }

    private Client client(String gateway) {
        return new Client(simulator, gateway);
    }

    private String submit(String prompt) {
        return client("xai").post("/videos/generations", "{\"prompt\":\"" + prompt + "\"}").is(200).text("/request_id");
    }

    private String url(String id) {
        return client("xai").get("/videos/" + id).is(200).text("/video/url");
    }

    @Test
    void jobsLedgerAndCreditAreAsBefore() {
        start();
        submit("A kite");
        client("toapis").post("/videos/generations", TOAPIS.formatted("A [[render=10m]] snail", "my-1")).is(200);
        client("reapi").post("/videos/generations", REAPI.formatted("A fox [[fault:job-failed]]")).is(200);
        List<LedgerEntry> ledger = simulator.ledger().entries();
        assertThat(ledger).hasSize(4).anyMatch(entry -> entry.kind() == LedgerEntry.Kind.REFUND);
        List<String> jobs = simulator.jobs().stream().map(StoreTest::told).toList();
        BigDecimal spent = simulator.ledger().spent("xai");
        String credit = client("toapis").get("/balance").is(200).text("/remain_credits");

        restart();

        assertThat(simulator.ledger().entries()).containsExactlyInAnyOrderElementsOf(ledger);
        assertThat(simulator.jobs()).extracting(StoreTest::told).isEqualTo(jobs);
        assertThat(simulator.ledger().spent("xai")).isEqualByComparingTo(spent).isPositive();
        assertThat(simulator.ledger().jobs("reapi")).isEqualTo(1);
        assertThat(simulator.ledger().spent("reapi")).isZero();
        assertThat(client("toapis").get("/balance").is(200).text("/remain_credits")).isEqualTo(credit);
        assertThat(client("toapis").get("/videos/generations/my-1").is(200).text("/status")).isEqualTo("queued");
    }

    private static String told(SimulatedJob job) {
        return job.accepted() + " " + job.change() + " " + job.state();
    }

    @Test
    void aUrlStaysGoodAndGivesTheSameBytes() {
        start();
        int port = simulator.port();
        String id = submit("A kite [[size=900001]]");
        String url = url(id);
        byte[] before = Client.fetch(url).body();
        String hash = simulator.job(id).orElseThrow().sha256();

        restart();

        assertThat(simulator.port()).isEqualTo(port);
        assertThat(url(id)).isEqualTo(url);
        assertThat(Arrays.equals(Client.fetch(url).body(), before)).isTrue();
        assertThat(before).hasSizeGreaterThan(900_000);
        assertThat(simulator.job(id).orElseThrow().sha256()).isEqualTo(hash);
        assertThat(simulator.job(id).orElseThrow().downloads()).isEqualTo(2);
    }

    @Test
    void whereTheLastPortIsTakenAnotherOneServesTheSamePaths() throws IOException {
        start();
        int port = simulator.port();
        String id = submit("A kite");
        String url = url(id);
        simulator.close();

        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            start();
            assertThat(simulator.port()).isNotEqualTo(other.getLocalPort());
            assertThat(Client.fetch(url.replace(":" + port + "/", ":" + simulator.port() + "/")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRenderGoesOnWhileNobodyIsThere() {
        start();
        SimulatedJob job = simulator.job(submit("A kite [[render=4s]]")).orElseThrow();
        simulator.close();
        assertThat(job.state()).isNotEqualTo(SimulatedJobState.DONE);
        await().atMost(Duration.ofSeconds(10)).until(() -> Instant.now().isAfter(job.finished()));

        start();

        assertThat(simulator.job(job.id()).orElseThrow().state()).isEqualTo(SimulatedJobState.DONE);
        assertThat(simulator.job(job.id()).orElseThrow().finished()).isEqualTo(job.finished());
    }

    @Test
    void faultsOfAJobAreCountedOn() {
        start();
        String id = submit("A kite [[fault:poll-500 times=2 after=1]] [[fault:download-expired]]");
        Client.fetch(url(id));
        client("xai").get("/videos/" + id).is(500);

        restart();

        client("xai").get("/videos/" + id).is(500);
        assertThat(Client.fetch(url(id)).statusCode()).isEqualTo(200);
    }

    @Test
    void anUploadedFileIsKnown() {
        start();
        String file = client("xai").upload("/files", "file", "image/png", "picture").is(200).text("/id");
        String prompt = "{\"prompt\":\"A kite\",\"image\":{\"file_id\":\"" + file + "\"}}";

        restart();

        client("xai").post("/videos/generations", prompt).is(200);
        client("xai").post("/videos/generations", prompt.replace(file, "file_other")).is(400);
    }

    @Test
    void aLineThatWasNotWrittenToItsEndIsForgotten() throws IOException {
        start();
        String first = submit("A kite");
        simulator.close();
        Files.writeString(dir.resolve("store/journal.jsonl"), "{\"job\":{\"gateway\":\"xa", StandardOpenOption.APPEND);

        start();
        String second = submit("A fox");
        restart();

        assertThat(simulator.jobs()).extracting(SimulatedJob::id).containsExactly(first, second);
    }

    @Test
    void aDamagedJournalIsSaidSo() throws IOException {
        start();
        submit("A kite");
        simulator.close();
        Path journal = dir.resolve("store/journal.jsonl");
        String whole = Files.readString(journal);
        Files.writeString(journal, whole + "{\"jib\":{}}\n" + whole);

        assertThatThrownBy(this::start).isInstanceOf(UncheckedIOException.class)
                .cause().hasMessageContaining(journal + ", line 2").hasMessageContaining("delete the folder");

        Files.writeString(journal, whole.replace("\"xai\"", "\"nobody\""));
        assertThatThrownBy(this::start).cause().hasMessageContaining(journal + ", line 1");

        Files.writeString(journal, whole);
        start();
        assertThat(simulator.jobs()).hasSize(1);
    }

    @Test
    void aDamagedIdentityIsSaidSo() throws IOException {
        Path identity = Files.createDirectories(dir.resolve("store")).resolve("identity.json");
        for (String content : List.of("", "null", "{}", "{\"secret\":\"\"}")) {
            Files.writeString(identity, content);

            assertThatThrownBy(this::start).isInstanceOf(UncheckedIOException.class)
                    .cause().hasMessageContaining(identity.toString()).hasMessageContaining("delete the folder");
        }
    }

    @Test
    void aSecondSimulatorIsKeptOff() {
        start();

        assertThatThrownBy(() -> GrokVideoSimulator.builder().store(dir.resolve("store")).start())
                .isInstanceOf(UncheckedIOException.class).hasMessageContaining("cannot open the store")
                .cause().hasMessageContaining("another simulator is at work on " + dir.resolve("store"));
        submit("A kite");
        assertThat(simulator.requests().count(RequestKind.SUBMIT)).isEqualTo(1);
    }

    @Test
    void aResetIsForGood() {
        start();
        submit("A kite");
        simulator.reset();
        String id = submit("A fox");

        restart();

        assertThat(simulator.jobs()).extracting(SimulatedJob::id).containsExactly(id);
        assertThat(simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void whatWasDeletedOrPutElsewhereStaysSo() throws IOException {
        try (Receiver receiver = new Receiver()) {
            start();
            String put = client("xai").post("/videos/generations", "{\"prompt\":\"x\",\"output\":{\"upload_url\":\""
                    + receiver.url("/a.mp4") + "\"}}").is(200).text("/request_id");
            client("xai").until("/videos/" + put, r -> r.text("/status").equals("done"));
            String file = client("xai").upload("/files", "file", "image/png", "png").is(200).text("/id");
            client("xai").delete("/files/" + file).is(200);
            String video = client("openai").post("/videos", "{\"model\":\"grok-imagine-video\",\"prompt\":\"x\"}").is(200).text("/id");
            client("openai").delete("/videos/" + video).is(200);

            restart();

            assertThat(client("xai").get("/videos/" + put).is(200).text("/status")).isEqualTo("done");
            client("xai").post("/videos/generations", "{\"image\":{\"file_id\":\"" + file + "\"}}").is(400);
            client("openai").get("/videos/" + video).is(404);
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void readsJournalsOfVersionsWithoutExtrasAndMarks() throws IOException {
        start();
        String id = submit("x");
        simulator.job(id).orElseThrow().downloading();
        simulator.close();
        Path journal = dir.resolve("store").resolve("journal.jsonl");
        String lines = Files.readString(journal);
        assertThat(lines).contains(",\"extras\":{}", ",\"marks\":[]");
        Files.writeString(journal, lines.replace(",\"extras\":{}", "").replace(",\"marks\":[]", ""));

        start();

        assertThat(simulator.job(id).orElseThrow().downloads()).isEqualTo(1);
    }
}
