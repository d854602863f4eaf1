// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.util.Iterator;
import java.util.Map;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A history as it is stored: JSON with the buckets that have a weight. */
final class HistoryText {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Weights are stored to a thousandth of a job. */
    private static final double PRECISION = 1000;

    private HistoryText() {
    }

    static String write(RenderHistory history) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("progressError", rounded(history.progressError())).put("progressJobs", rounded(history.progressJobs()));
        ObjectNode weights = tree.putObject("weights");
        double[] all = history.times().weights();
        for (int bucket = 0; bucket < all.length; bucket++) {
            if (rounded(all[bucket]) > 0) {
                weights.put(String.valueOf(bucket), rounded(all[bucket]));
            }
        }
        return tree.toString();
    }

    /** @return nothing learnt, if a text is not one that this version has written */
    static RenderHistory read(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            double[] weights = new double[RenderTimes.BUCKETS];
            for (Iterator<Map.Entry<String, JsonNode>> all = tree.path("weights").fields(); all.hasNext();) {
                Map.Entry<String, JsonNode> one = all.next();
                weights[Integer.parseInt(one.getKey())] = one.getValue().asDouble();
            }
            return new RenderHistory(RenderTimes.of(weights), tree.path("progressError").asDouble(), tree.path("progressJobs").asDouble());
        } catch (JsonProcessingException | IllegalArgumentException | IndexOutOfBoundsException unknown) {
            return RenderHistory.none();
        }
    }

    private static double rounded(double value) {
        return Math.round(value * PRECISION) / PRECISION;
    }
}
