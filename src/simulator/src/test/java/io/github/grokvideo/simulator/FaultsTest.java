// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {

    private static final String PATH = "/videos/generations";
    private static GrokVideoSimulator simulator;
    private static Client client;

    @BeforeAll
    static void start() {
        simulator = GrokVideoSimulator.builder().renderTime(Duration.ZERO).videos(VideoMode.SHARED).start();
        client = new Client(simulator, "toapis");
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @BeforeEach
    void reset() {
        simulator.reset();
    }

    private static String body(String prompt) {
        return "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"" + prompt + "\",\"client_business_id\":\"mine\"}";
    }

    private static String submit(String prompt) {
        return PATH + "/" + client.post(PATH, body(prompt)).is(200).text("/id");
    }

    @Test
    void promptFaultsAreServedInOrderAndThenTheJobIsMade() {
        String prompt = "x [[fault:submit-429 times=2 retry-after=3]] [[fault:submit-503-rate-limit-unavailable]]";
        for (int i = 0; i < 2; i++) {
            assertThat(client.post(PATH, body(prompt)).is(429).raw().headers().firstValue("retry-after")).hasValue("3");
        }
        assertThat(client.post(PATH, body(prompt)).is(503).text("/error/code")).isEqualTo("rate_limit_unavailable");
        client.post(PATH, body(prompt)).is(200);
        client.post(PATH, body(prompt)).is(429);
        assertThat(simulator.ledger().jobs()).isEqualTo(1);
        assertThat(simulator.requests().count("toapis", RequestKind.SUBMIT)).isEqualTo(5);
        assertThat(simulator.requests().entries(RequestKind.SUBMIT).get(0).fault()).isEqualTo("submit-429");
    }

    @ParameterizedTest
    @CsvSource({"submit-400,400", "submit-401,401", "submit-402,402", "submit-403,403", "submit-422,422", "submit-500,500",
        "submit-502,502", "submit-503,503", "spend-limit,429", "submit-html,200", "submit-html-502,502"})
    void submitErrorsCreateNothing(String fault, int status) {
        client.post(PATH, body("[[fault:" + fault + "]]")).is(status);
        assertThat(simulator.ledger().jobs()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"reset-before-create,0", "reset-after-create,1"})
    void resetsHappenBeforeOrAfterTheJob(String fault, int jobs) {
        assertThatThrownBy(() -> client.post(PATH, body("[[fault:" + fault + "]]"))).isInstanceOf(UncheckedIOException.class);
        assertThat(simulator.ledger().jobs()).isEqualTo(jobs);
        assertThat(simulator.requests().entries(RequestKind.SUBMIT)).singleElement().matches(r -> r.status() == 0);
        client.get(PATH + "/mine").is(jobs == 1 ? 200 : 404);
    }

    @ParameterizedTest
    @CsvSource({"submit-timeout,1", "submit-timeout-before-create,0"})
    void timeoutsNeverAnswer(String fault, int jobs) {
        HttpRequest request = client.request(PATH).timeout(Duration.ofMillis(300)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body("[[fault:" + fault + "]]"))).build();
        assertThatThrownBy(() -> Client.send(request)).hasCauseInstanceOf(java.net.http.HttpTimeoutException.class);
        assertThat(simulator.ledger().jobs()).isEqualTo(jobs);
    }

    @Test
    void anyErrorCanHaveCreatedTheJob() {
        client.post(PATH, body("[[fault:submit-500 created=true]]")).is(500);
        assertThat(simulator.ledger().jobs()).isEqualTo(1);
        client.get(PATH + "/mine").is(200);
    }

    @Test
    void brokenJsonAndSlowAnswersHideACreatedJob() {
        assertThat(client.post(PATH, body("[[fault:malformed]]")).json().isMissingNode()).isTrue();
        long before = System.nanoTime();
        client.post(PATH, body("[[fault:slow delay=200ms]]")).is(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(190));
        assertThat(simulator.ledger().jobs()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"poll-500,500", "poll-503,503", "poll-429,429", "poll-401,401", "poll-404,404", "poll-html,200", "poll-malformed,200",
        "poll-empty,200"})
    void pollFaultsPassByThemselves(String fault, int status) {
        String poll = submit("x [[fault:" + fault + " times=2 after=1]]");
        client.get(poll).is(200);
        client.get(poll).is(status);
        assertThat(client.get(poll).is(status).text("/status")).isEmpty();
        assertThat(client.get(poll).is(200).text("/status")).isEqualTo("completed");
    }

    @Test
    void pollsAreResetAndSayUnknownWords() {
        String poll = submit("x [[fault:poll-reset]] [[fault:unknown-status word=dreaming]]");
        // The JDK's client repeats a GET that was reset by itself.
        assertThat(client.get(poll).is(200).text("/status")).isEqualTo("dreaming");
        assertThat(simulator.requests().entries(RequestKind.POLL).get(0)).matches(r -> r.status() == 0 && r.fault().equals("poll-reset"));
        assertThat(client.get(poll).text("/status")).isEqualTo("completed");
    }

    @Test
    void lookUpsHaveFaultsOfTheirOwn() {
        String poll = submit("x [[fault:lookup-404 times=2]]");
        client.get(PATH + "/mine").is(404);
        client.get(poll).is(200);
        client.get(PATH + "/mine").is(404);
        client.get(PATH + "/mine").is(200);
        assertThat(simulator.requests().count(RequestKind.LOOKUP)).isEqualTo(3);
    }

    @Test
    void outcomesBelongToTheJob() {
        assertThat(client.get(submit("[[fault:done-without-url]]")).json().at("/result/data")).isEmpty();
        String stuck = submit("[[fault:stuck]]");
        assertThat(client.get(stuck).text("/status")).isEqualTo("in_progress");
        assertThat(client.get(submit("[[fault:job-moderated]]")).text("/error/code")).isEqualTo("content_policy_violation");
        assertThat(client.get(submit("[[fault:job-expired]]")).text("/status")).isEqualTo("failed");
    }

    @Test
    void plannedFaultsHitTheNextRequests() {
        simulator.faults().add(Fault.of("submit-503").at("toapis").times(2)).next("submit-429").add(Fault.of("job-failed"))
                .add(Fault.of("upload-500"));
        new Client(simulator, "uniall").post("/videos", "{\"model\":\"grok-imagine\",\"prompt\":\"x\",\"duration\":6}").is(429);
        new Client(simulator, "uniall").post("/videos", "{\"model\":\"grok-imagine\",\"prompt\":\"x\",\"duration\":6}").is(200);
        client.post(PATH, body("x")).is(503);
        client.post(PATH, body("x")).is(503);
        assertThat(client.get(submit("x")).text("/status")).isEqualTo("completed");
        client.upload("/uploads/images", "file", "image/png", "x").is(500);
        assertThat(simulator.faults().pending()).isEmpty();
        simulator.faults().add("submit-500").clear();
        client.post(PATH, body("x")).is(200);
    }

    @Test
    void aMisspeltFaultIsAnError() {
        assertThat(client.post(PATH, body("[[fault:submit-4299]]")).is(400).text("/error/message")).contains("unknown fault");
        client.post(PATH, body("[[colour=red]]")).is(400);
        assertThatThrownBy(() -> Fault.of("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyFaultIsKnownByItsName(FaultKind kind) {
        assertThat(FaultKind.of(kind.id(), null)).isSameAs(kind);
        assertThat(Arrays.stream(FaultKind.values()).filter(k -> k.id().equals(kind.id()))).hasSize(1);
        assertThat(kind.description()).isNotBlank();
    }
}
