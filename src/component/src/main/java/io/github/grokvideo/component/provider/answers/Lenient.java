// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds values where a gateway meant to put them: some wrap an object in an array, others leave out the array that is documented. */
final class Lenient {

    private Lenient() {
    }

    /**
     * @param  pointer a JSON pointer, without escapes
     * @return         what is there; an array stands for its first element, and an object for an array of it. Missing = nothing
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

    /** @return the one object in an array of one; everything else as it is */
    static JsonNode only(JsonNode node) {
        return node.isArray() && node.size() == 1 ? node.path(0) : node;
    }
}
