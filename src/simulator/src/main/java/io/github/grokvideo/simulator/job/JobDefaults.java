// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

import java.time.Duration;
import java.util.Optional;

/** How jobs behave whose prompt asks for nothing else. */
public interface JobDefaults {

    /** From acceptance to the finished video. */
    Duration renderTime();

    /** How much of it is spent queued, if set. */
    Optional<Duration> queueTime();

    /** How long URLs of a gateway live. */
    Duration urlLifetime(String gateway);

    /** Whether jobs of the same picture size share one clip. */
    boolean sharedVideos();
}
