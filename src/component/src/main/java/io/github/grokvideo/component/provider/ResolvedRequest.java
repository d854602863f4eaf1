// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.util.List;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.VideoRequest;

/**
 * A request checked against its model's rules.
 *
 * @param request    with model and mode filled in (mode is null if undecided)
 * @param violations every rule it breaks; empty = it may be sent
 * @param warnings   what is allowed but has no effect, or may be refused
 * @param estimate   what it will cost; null = the price is unknown
 */
public record ResolvedRequest(VideoRequest request, List<Violation> violations, List<Violation> warnings, Cost estimate) {

    /**
     * @param request    with model and mode filled in (mode is null if undecided)
     * @param violations every rule it breaks, copied; never null
     * @param warnings   copied; never null
     * @param estimate   what it will cost; null = the price is unknown
     */
    public ResolvedRequest {
        violations = List.copyOf(violations);
        warnings = List.copyOf(warnings);
    }

    /**
     * A result without warnings.
     *
     * @param request    with model and mode filled in (mode is null if undecided)
     * @param violations every rule it breaks, copied; never null
     * @param estimate   what it will cost; null = the price is unknown
     */
    public ResolvedRequest(VideoRequest request, List<Violation> violations, Cost estimate) {
        this(request, violations, List.of(), estimate);
    }
}
