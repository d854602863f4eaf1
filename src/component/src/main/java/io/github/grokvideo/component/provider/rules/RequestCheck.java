// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.Arrays;
import java.util.Optional;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.VideoRequest;

/** A rule between several fields of a request. */
@FunctionalInterface
public interface RequestCheck {

    /** @return empty = the request keeps the rule */
    Optional<Violation> check(VideoRequest request);

    /** At least one of the fields must be given. */
    static RequestCheck oneOf(String... fields) {
        return request -> Arrays.stream(fields).anyMatch(request.given()::containsKey) ? Optional.empty()
                : Optional.of(new Violation(fields[0], null, "is required: one of " + String.join(", ", fields)));
    }

    /** At most one of the two fields may be given. */
    static RequestCheck notBoth(String field, String other) {
        return request -> !request.given().containsKey(field) || !request.given().containsKey(other) ? Optional.empty()
                : Optional.of(new Violation(other, null, "is the same as " + field + " in this mode: omit one of them"));
    }

    /** The resolution is limited once one of the fields is given. */
    static RequestCheck notWith(String resolution, String... fields) {
        return request -> !resolution.equals(request.resolution())
                || Arrays.stream(fields).noneMatch(request.given()::containsKey) ? Optional.empty()
                : Optional.of(new Violation("resolution", resolution, "at most 720p together with " + String.join(", ", fields)));
    }
}
