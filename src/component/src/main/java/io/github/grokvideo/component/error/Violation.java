// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

import java.io.Serializable;

/**
 * One rule that a request breaks.
 *
 * @param field   the user's name of the field
 * @param value   what was given, shortened and without secrets; null = nothing
 * @param allowed what would be accepted, as text for messages
 */
public record Violation(String field, String value, String allowed) implements Serializable {

    @Override
    public String toString() {
        return value == null ? field + ": " + allowed : field + "=" + value + ": " + allowed;
    }
}
