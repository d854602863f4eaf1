// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.job.Media;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever an answer holds, reading it gives a meaning and no exception, and never claims more than a documented answer does. */
class UntrustedAnswersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int[] STATUSES = {
            100, 200, 201, 202, 204, 206, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407,
            408, 409, 410, 411, 412, 413, 414, 415, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504,
            520, 599, 0, -1, 999};
    private static final String[] VALUES = {
            "null", "true", "false", "0", "-1", "1e999", "9223372036854775807", "123456789012345678901234567890", "1.5", "\"\"", "\"  \"",
            "\"done\"", "\"completed\"", "\"failed\"", "\"expired\"", "\"pending\"", "\"https://v.example/a.mp4?sig=topsecret\"",
            "\"javascript:alert(1)\"", "\"\\u0000\\u001b[31m\"", "\"\\ud800\"", "[]", "{}", "[[[]]]", "{\"code\":null}",
            "{\"code\":[1],\"message\":{\"a\":1}}", "[{\"url\":5}]", "{\"data\":[{\"url\":null}]}", "{\"url\":[]}",
            "{\"cost_in_usd_ticks\":-5}", "{\"cost_in_usd_ticks\":\"x\"}", "{\"cost_in_usd_ticks\":1e400}"};
    private static final String[] NAMES = {
            "id", "task_id", "request_id", "status", "code", "msg", "message", "error", "data", "video", "output", "result", "metadata",
            "url", "usage", "progress", "expires_at", "completed_at", "success", "credits", "remain_balance", "unlimited_quota", "deleted"};

    private static final List<String> BODIES = new ArrayList<>();

    @BeforeAll
    static void makeBodies() {
        for (VideoProvider provider : VideoProviders.all()) {
            for (String file : List.of("submits", "polls", "uploads", "balances", "lookups")) {
                for (JsonNode one : CaseFiles.cases(provider.name(), file)) {
                    BODIES.add(CaseFiles.answer(one).body());
                }
            }
        }
        BODIES.addAll(List.of(
                "[".repeat(200_000), "{\"a\":".repeat(5_000), "{\"status\":\"" + "x".repeat(1_000_000) + "\"}",
                "{\"error\":\"" + "https://a.example/?".repeat(50_000) + "\"}", "{\"error\":\"" + "a".repeat(1_000_000) + "\"}",
                "{\"error\":{\"message\":\"" + "violates ".repeat(20_000) + "\"}}", "9".repeat(100_000), "\uFEFF{}", "null", "\"text\"",
                "{\"id\":" + "9".repeat(5_000) + "}", "{\"progress\":" + "9".repeat(900) + ",\"status\":\"pending\"}"));
    }

    @Test
    void readsAnythingAtAnyStatus() {
        for (String body : BODIES) {
            // Large ones are read the same way at every status of a kind.
            for (int status : body.length() > 10_000 ? new int[] {200, 400, 503} : STATUSES) {
                readEverywhere(new HttpAnswer(status, Map.of("Retry-After", "soon"), body));
            }
        }
    }

    @Test
    void readsWhatIsCutOffOrGarbled() {
        Random random = new Random(20260101);
        for (String body : BODIES) {
            if (body.length() > 10_000) {
                continue;
            }
            for (int i = 0; i < 12; i++) {
                StringBuilder garbled = new StringBuilder(body.substring(0, random.nextInt(body.length() + 1)));
                for (int j = 0; j < 3 && garbled.length() > 0 && i % 2 == 0; j++) {
                    garbled.setCharAt(random.nextInt(garbled.length()), (char) random.nextInt(0x10000));
                }
                readEverywhere(new HttpAnswer(STATUSES[random.nextInt(STATUSES.length)], Map.of(), garbled.toString()));
            }
        }
    }

    @Test
    void readsJsonThatNobodyWouldSend() {
        Random random = new Random(42);
        for (int i = 0; i < 6_000; i++) {
            HttpAnswer answer = new HttpAnswer(random.nextInt(3) > 0 ? 200 : STATUSES[random.nextInt(STATUSES.length)],
                    Map.of("Retry-After", List.of("", "-1", "1e9", "NaN", "Thu, 99 Foo 2026").get(random.nextInt(5))), object(random, 3));
            readEverywhere(answer);
        }
    }

    /** The rule that money hangs on: only these statuses prove that nothing was created. */
    @Test
    void onlyDocumentedStatusesRefuse() {
        List<Integer> refusals = List.of(
                301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 407, 410, 411, 413, 414, 415, 421, 422, 426, 429, 431, 451, 501);
        for (VideoProvider provider : VideoProviders.all()) {
            for (int status : STATUSES) {
                Stream.of("", "<html>busy</html>", "{\"error\":{\"code\":\"x\",\"message\":\"y\"}}", "{\"error\":\"y\"}",
                        "[]").forEach(body -> {
                    SubmitAnswer answer = provider.submitted(new HttpAnswer(status, Map.of(), body), NOW);
                    if (refusals.contains(status)) {
                        assertThat(answer).as("%s %s %s", provider, status, body).isInstanceOf(SubmitAnswer.Rejected.class);
                        assertThat(((SubmitAnswer.Rejected) answer).repeatable()).isEqualTo(status == 429);
                    } else {
                        assertThat(answer).as("%s %s %s", provider, status, body).isInstanceOf(SubmitAnswer.Unknown.class);
                        assertThat(((SubmitAnswer.Unknown) answer).error().charged()).isEqualTo(Charged.UNKNOWN);
                    }
                });
            }
        }
    }

    private static void readEverywhere(HttpAnswer answer) {
        for (VideoProvider provider : VideoProviders.all()) {
            try {
                List<Object> meanings = new ArrayList<>(List.of(
                        provider.submitted(answer, NOW), provider.polled(new PollQuery("task-1"), answer, NOW),
                        provider.polled(new PollQuery("task-1", 1, false), answer, NOW), provider.lookedUp(answer)));
                if (provider.cancel("task-1").isPresent()) {
                    meanings.add(cancelled(provider, answer));
                }
                if (provider.balance().isPresent()) {
                    meanings.add(provider.balance(answer));
                }
                if (provider.upload(new Media.Bytes(new byte[0], null), "images", Duration.ofHours(24)).isPresent()) {
                    meanings.add(provider.uploaded(answer));
                }
                for (Object meaning : meanings) {
                    // Task ids and URLs of documented answers may be long; messages may not.
                    assertThat(meaning.toString()).hasSizeLessThan(9_000).doesNotContain("topsecret");
                }
            } catch (RuntimeException e) {
                fail(provider + " at " + answer + ": " + answer.body().substring(0, Math.min(300, answer.body().length())), e);
            }
        }
    }

    /** A success alone, perhaps a proxy's, must not end a job whose video is being made. */
    private static CancelAnswer cancelled(VideoProvider provider, HttpAnswer answer) {
        CancelAnswer meaning = provider.cancelled(answer, NOW);
        if (meaning instanceof CancelAnswer.Cancelled) {
            assertThat(answer.status() == 204 || answer.body().contains("\"deleted\":true")).as(answer.body()).isTrue();
        }
        return meaning;
    }

    private static String object(Random random, int depth) {
        StringBuilder json = new StringBuilder("{");
        int fields = random.nextInt(6);
        java.util.Set<String> names = new java.util.LinkedHashSet<>();
        for (int i = 0; i < fields; i++) {
            names.add(NAMES[random.nextInt(NAMES.length)]);
        }
        for (String name : names) {
            json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":")
                    .append(depth > 0 && random.nextInt(3) == 0 ? object(random, depth - 1) : VALUES[random.nextInt(VALUES.length)]);
        }
        return json.append('}').toString();
    }
}
