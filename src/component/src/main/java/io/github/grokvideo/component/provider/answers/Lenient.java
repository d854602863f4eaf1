// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds values despite small deviations: some gateways wrap an object in an array, others omit a documented array. */
final class Lenient {

    private Lenient() {
    }

    /**
     * @param  pointer a JSON pointer, without escapes
     * @return         the value; an array is treated as its first element, and an object as an array of one. Missing = nothing
     */
    static JsonNode at(JsonNode body, String pointer) {
        JsonNode node = body;
        for (String name : pointer.substring(1).split("/")) {
            boolean index = name.chars().allMatch(Character::isDigit);
            if (index) {
                node = node.isArray() ? node.path(Integer.parseInt(name)) : node;
            } else {
                node = (node.isArray() ? node.path(0) : node).path(name);
            }
        }
        return node;
    }

    /** @return the object in an array of one; anything else unchanged */
    static JsonNode only(JsonNode node) {
        return node.isArray() && node.size() == 1 ? node.path(0) : node;
    }
}
