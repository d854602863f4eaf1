// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.Set;

/**
 * The structure of a gateway's request body.
 *
 * @param inner      the object with most fields; null = they are at the top level
 * @param outer      wire names that stay at the top level despite an inner object
 * @param jobIdField the top-level field for the component's job id; null = the gateway does not store it
 * @param modelField the top-level field for the model; null = it is part of the path
 */
public record BodyShape(String inner, Set<String> outer, String jobIdField, String modelField) {

    public static final BodyShape FLAT = new BodyShape(null, Set.of(), null);
    /** The model is part of the path. */
    public static final BodyShape WITHOUT_MODEL = new BodyShape(null, Set.of(), null, null);

    /** A body with the field {@code model}. */
    public BodyShape(String inner, Set<String> outer, String jobIdField) {
        this(inner, outer, jobIdField, "model");
    }

    /** @return the path of an additional field: a name with dots is the path, others go beside the documented fields */
    String pathOf(String additionalField) {
        boolean outside = additionalField.contains(".") || additionalField.equals(inner) || outer.contains(additionalField);
        return inner == null || outside ? additionalField : inner + "." + additionalField;
    }
}
