// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.Set;

/**
 * Where a gateway looks for what.
 *
 * @param inner      the object that holds most fields; null = the top level does
 * @param outer      wire names that stay at the top level although there is an inner object
 * @param jobIdField the top-level field for our job id; null = the gateway keeps none
 */
public record BodyShape(String inner, Set<String> outer, String jobIdField) {

    public static final BodyShape FLAT = new BodyShape(null, Set.of(), null);

    /** @return where an additional field goes: a name with dots says so itself, others go beside the documented ones */
    String pathOf(String additionalField) {
        boolean outside = additionalField.contains(".") || additionalField.equals(inner) || outer.contains(additionalField);
        return inner == null || outside ? additionalField : inner + "." + additionalField;
    }
}
