// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A multipart request.
 *
 * @param fields     text parts by name, in the order sent
 * @param upload     the first file; null if there is none
 * @param beforeFile names of the text parts sent before the file
 */
public record Form(Map<String, List<String>> fields, Upload upload, Set<String> beforeFile) {

    /** The text of a part. */
    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).filter(values -> !values.isEmpty()).map(values -> values.get(0));
    }
}
