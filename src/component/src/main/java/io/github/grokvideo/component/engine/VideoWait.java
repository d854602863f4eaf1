package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * One wait for a job's video.
 *
 * @param jobId       ours
 * @param urlOnly     the URL is enough: ends when the video is rendered
 * @param waitTimeout ends the wait, not the job; zero = only if it is ready: one status query at most
 * @param waiter      who waits: {@link VideoEngine#detach} ends all its waits
 */
public record VideoWait(String jobId, boolean urlOnly, Duration waitTimeout, Object waiter) {

    public VideoWait {
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(waitTimeout, "waitTimeout");
        Objects.requireNonNull(waiter, "waiter");
    }
}
