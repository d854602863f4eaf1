// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.grokvideo.component.provider.HttpAnswer;

/** Answers that no gateway documents, made from those that it does. The same ones in each run. */
final class HostileAnswers {

    /** In everything that must not be shown. */
    static final String SECRET = "topsecret";
    static final int[] STATUSES = {
            100, 200, 201, 202, 204, 206, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407,
            408, 409, 410, 411, 412, 413, 414, 415, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504,
            520, 599, 0, -1, 999};
    /** One of each kind, for bodies that take long to read. */
    private static final int[] FEW_STATUSES = {200, 400, 503};
    private static final int LARGE = 10_000;
    private static final int LONGEST_WORD = 40;
    private static final String[] VALUES = {
            "null", "true", "false", "0", "-1", "1e999", "9223372036854775807", "123456789012345678901234567890", "1.5", "\"\"", "\"  \"",
            "\"done\"", "\"completed\"", "\"failed\"", "\"expired\"", "\"pending\"", "\"https://v.example/a.mp4?sig=topsecret\"",
            "\"javascript:alert(1)\"", "\"\\u0000\\u001b[31m\"", "\"\\ud800\"", "[]", "{}", "[[[]]]", "{\"code\":null}",
            "{\"code\":[1],\"message\":{\"a\":1}}", "[{\"url\":5}]", "{\"data\":[{\"url\":null}]}", "{\"url\":[]}",
            "{\"cost_in_usd_ticks\":-5}", "{\"cost_in_usd_ticks\":\"x\"}", "{\"cost_in_usd_ticks\":1e400}"};
    private static final String[] NAMES = {
            "id", "task_id", "request_id", "status", "code", "msg", "message", "error", "data", "video", "output", "result", "metadata",
            "url", "usage", "progress", "expires_at", "completed_at", "success", "credits", "remain_balance", "unlimited_quota", "deleted"};
    private static final List<String> LONG_OR_STRANGE = List.of(
            "[".repeat(200_000), "{\"a\":".repeat(5_000), "{\"status\":\"" + "x".repeat(1_000_000) + "\"}",
            "{\"error\":\"" + "https://a.example/?".repeat(50_000) + "\"}", "{\"error\":\"" + "a".repeat(1_000_000) + "\"}",
            "{\"error\":{\"message\":\"" + "violates ".repeat(20_000) + "\"}}", "9".repeat(100_000), "\uFEFF{}", "null", "\"text\"",
            "{\"id\":" + "9".repeat(5_000) + "}", "{\"progress\":" + "9".repeat(900) + ",\"status\":\"pending\"}");

    private final List<String> bodies = new ArrayList<>();
    private final List<String> names = new ArrayList<>(List.of(NAMES));
    private final List<String> values = new ArrayList<>(List.of(VALUES));

    /** @param documented bodies that the gateway sends, valid or not */
    HostileAnswers(List<String> documented) {
        bodies.addAll(documented);
        Set<String> itsNames = new LinkedHashSet<>();
        Set<String> itsWords = new LinkedHashSet<>();
        documented.forEach(body -> words(new HttpAnswer(200, null, body).json(), itsNames, itsWords));
        names.addAll(itsNames);
        values.addAll(itsWords);
        bodies.addAll(LONG_OR_STRANGE);
    }

    private static void words(JsonNode node, Set<String> names, Set<String> words) {
        node.fieldNames().forEachRemaining(names::add);
        if (node.isTextual() && node.asText().length() <= LONGEST_WORD) {
            words.add(TextNode.valueOf(node.asText()).toString());
        }
        node.forEach(child -> words(child, names, words));
    }

    /** Each body with each status. */
    void atAnyStatus(Consumer<HttpAnswer> check) {
        for (String body : bodies) {
            for (int status : body.length() > LARGE ? FEW_STATUSES : STATUSES) {
                check.accept(new HttpAnswer(status, Map.of("Retry-After", "soon"), body));
            }
        }
    }

    void cutOffOrGarbled(Consumer<HttpAnswer> check) {
        Random random = new Random(20260101);
        for (String body : bodies) {
            for (int i = 0; i < 12 && body.length() <= LARGE; i++) {
                StringBuilder garbled = new StringBuilder(body.substring(0, random.nextInt(body.length() + 1)));
                for (int j = 0; j < 3 && garbled.length() > 0 && i % 2 == 0; j++) {
                    garbled.setCharAt(random.nextInt(garbled.length()), (char) random.nextInt(0x10000));
                }
                check.accept(new HttpAnswer(status(random), Map.of(), garbled.toString()));
            }
        }
    }

    /** JSON with the names and words of gateways, put together at random. */
    void thatNobodyWouldSend(Consumer<HttpAnswer> check) {
        Random random = new Random(42);
        for (int i = 0; i < 6_000; i++) {
            check.accept(new HttpAnswer(random.nextInt(3) > 0 ? 200 : status(random),
                    Map.of("Retry-After", List.of("", "-1", "1e9", "NaN", "Thu, 99 Foo 2026").get(random.nextInt(5))), object(random, 3)));
        }
    }

    private static int status(Random random) {
        return STATUSES[random.nextInt(STATUSES.length)];
    }

    private String object(Random random, int depth) {
        StringBuilder json = new StringBuilder("{");
        int fields = random.nextInt(6);
        Set<String> fieldNames = new LinkedHashSet<>();
        for (int i = 0; i < fields; i++) {
            fieldNames.add(names.get(random.nextInt(names.size())));
        }
        for (String name : fieldNames) {
            json.append(json.length() > 1 ? "," : "").append(TextNode.valueOf(name)).append(':')
                    .append(depth > 0 && random.nextInt(3) == 0 ? object(random, depth - 1) : values.get(random.nextInt(values.size())));
        }
        return json.append('}').toString();
    }
}
