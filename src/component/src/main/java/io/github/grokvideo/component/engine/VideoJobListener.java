package io.github.grokvideo.component.engine;

import io.github.grokvideo.component.job.VideoJob;

/** Follows jobs. Called on the engine's threads, in order for one job: return at once, throw nothing. */
@FunctionalInterface
public interface VideoJobListener {

    /**
     * @param before null = the job is new
     * @param after  as stored; also called when only its progress changed
     */
    void onJob(VideoJob before, VideoJob after);
}
