// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A history as it is stored: JSON with the buckets that have a weight. */
final class HistoryText {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDED = "ended";
    private static final String REACHED = "reached";
    /** Digits that are stored: weights of long ago are small, and their ratios count. */
    private static final MathContext DIGITS = new MathContext(4);
    /** A weight of less than this says nothing. */
    private static final double NOTHING = 1e-9;

    private HistoryText() {
    }

    static String write(RenderHistory history) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("progressError", rounded(history.progressError())).put("progressJobs", rounded(history.progressJobs()));
        write(history.times().ended(), tree.putObject(ENDED));
        write(history.times().reached(), tree.putObject(REACHED));
        return tree.toString();
    }

    private static void write(double[] weights, ObjectNode into) {
        for (int bucket = 0; bucket < weights.length; bucket++) {
            if (weights[bucket] > NOTHING) {
                into.put(String.valueOf(bucket), rounded(weights[bucket]));
            }
        }
    }

    /** @return nothing learnt, if a text is not one that this version has written: it is learnt again soon */
    static RenderHistory read(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            RenderTimes times = RenderTimes.of(weights(tree.path(ENDED)), weights(tree.path(REACHED)));
            return new RenderHistory(times, tree.path("progressError").asDouble(), tree.path("progressJobs").asDouble());
        } catch (JsonProcessingException | IllegalArgumentException | IndexOutOfBoundsException unknown) {
            return RenderHistory.none();
        }
    }

    private static double[] weights(JsonNode stored) {
        double[] weights = new double[RenderTimes.BUCKETS];
        for (Map.Entry<String, JsonNode> one : stored.properties()) {
            weights[Integer.parseInt(one.getKey())] = one.getValue().asDouble();
        }
        return weights;
    }

    private static double rounded(double value) {
        return new BigDecimal(value, DIGITS).doubleValue();
    }
}
