// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import io.github.grokvideo.component.job.VideoJob;

/** Follows jobs. Called on the engine's and the transport's threads: return at once, throw nothing. */
@FunctionalInterface
public interface VideoJobListener {

    /**
     * In order for one job.
     *
     * @param before null = the job is new
     * @param after  as stored; also called when only its progress changed
     */
    void onJob(VideoJob before, VideoJob after);

    /** Told before what the call's answer does to its job. */
    default void onCall(GatewayCall call) {
    }
}
