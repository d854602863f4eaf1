// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.util.Map;
import java.util.Set;
import io.github.grokvideo.component.job.ResultStorage;

/** Reads how a gateway is to keep a video: from a file name, or from a map. */
final class StorageReader {

    private static final String ALLOWED = "must be a file name, or {\"fileName\": ..., \"expiresAfter\": seconds, \"publicUrl\": true}";
    private static final Set<String> FIELDS = Set.of("fileName", "expiresAfter", "publicUrl");

    private StorageReader() {
    }

    /** @throws IllegalArgumentException saying what would be accepted */
    static ResultStorage read(Object value) {
        if (value instanceof ResultStorage storage) {
            return storage;
        }
        if (value instanceof CharSequence name) {
            return new ResultStorage(name.toString().strip(), null, null);
        }
        if (!(value instanceof Map<?, ?> map) || !FIELDS.containsAll(map.keySet()) || !(map.get("fileName") instanceof CharSequence name)
                || name.toString().isBlank()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        Object seconds = map.get("expiresAfter");
        Object publicUrl = map.get("publicUrl");
        return new ResultStorage(name.toString().strip(), seconds == null ? null : FieldValue.integer(seconds),
                publicUrl == null ? null : FieldValue.bool(publicUrl));
    }
}
