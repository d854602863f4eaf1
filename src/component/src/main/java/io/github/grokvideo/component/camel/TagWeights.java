// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the option {@code tagWeights}. */
final class TagWeights {

    private static final double LEAST = 0.001;
    private static final double MOST = 1000;

    private TagWeights() {
    }

    /**
     * @param  text tag=weight, separated by commas; null = none
     * @return      weights by tag
     * @throws IllegalArgumentException if it is something else, or names a tag twice
     */
    static Map<String, Double> of(String text) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String one : text == null ? new String[0] : text.split(",")) {
            int equals = one.lastIndexOf('=');
            String tag = equals < 0 ? "" : one.substring(0, equals).strip();
            if (tag.isEmpty() || weights.put(tag, weight(one.substring(equals + 1).strip())) != null) {
                throw new IllegalArgumentException(
                        "tagWeights must be tag=weight, separated by commas and each tag once, not '" + text + "'");
            }
        }
        return weights;
    }

    private static double weight(String number) {
        try {
            double weight = Double.parseDouble(number);
            if (weight >= LEAST && weight <= MOST) {
                return weight;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below.
        }
        throw new IllegalArgumentException(
                "tagWeights: a weight must be a number from " + LEAST + " to " + MOST + ", not '" + number + "'");
    }
}
