// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.util.Map;

/**
 * Labels for finding and routing a job.
 *
 * @param route      id of the route; null = none
 * @param tag        user-defined tag; null = none
 * @param metadata   returned with the finished job; never null
 * @param detached   whether no caller waits for the video, which is then delivered by {@code completed}
 * @param unattended whether nobody takes a detached job's outcome: it is delivered once its video is in its directory
 */
public record OrderLabels(String route, String tag, Map<String, String> metadata, boolean detached, boolean unattended) {

    /** No labels. */
    public static final OrderLabels NONE = new OrderLabels(null, null, Map.of(), false, false);

    public OrderLabels {
        metadata = Map.copyOf(metadata);
    }
}
