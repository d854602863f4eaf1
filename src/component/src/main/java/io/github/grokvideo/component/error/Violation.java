// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

import java.io.Serializable;

/**
 * One reason why a request is not sent.
 *
 * @param field   the user's name of the field
 * @param value   what was given, cut and without secrets; null = nothing
 * @param allowed what would be accepted, for people
 */
public record Violation(String field, String value, String allowed) implements Serializable {

    @Override
    public String toString() {
        return value == null ? field + ": " + allowed : field + "=" + value + ": " + allowed;
    }
}
