// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

import java.time.Duration;
import java.util.Optional;

/** Defaults for jobs whose prompt has no directives. */
public interface JobDefaults {

    /** From acceptance to the finished video. */
    Duration renderTime();

    /** How long of it a job is queued, if set. */
    Optional<Duration> queueTime();

    /** How long a gateway's URLs are valid. */
    Duration urlLifetime(String gateway);

    /** Whether jobs of the same picture size share one clip. */
    boolean sharedVideos();
}
