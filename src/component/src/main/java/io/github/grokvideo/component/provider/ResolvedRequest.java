// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.util.List;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.VideoRequest;

/**
 * A request measured against its model's rules.
 *
 * @param request    with model and mode filled in (mode stays null when it could not be decided)
 * @param violations every broken rule; empty = it may be sent
 * @param estimate   what it will cost; null = the price is unknown
 */
public record ResolvedRequest(VideoRequest request, List<Violation> violations, Cost estimate) {

    public ResolvedRequest {
        violations = List.copyOf(violations);
    }
}
