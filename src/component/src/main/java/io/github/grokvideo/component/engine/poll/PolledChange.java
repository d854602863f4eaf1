// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.poll;

import java.util.function.UnaryOperator;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/**
 * What status queries change in a job. Those that taught nothing are not written: there are many, and a row would have as many versions.
 */
final class PolledChange implements UnaryOperator<VideoJob> {

    private final int queries;
    private final UnaryOperator<VideoJob> change;
    private boolean written;

    /** @param queries those that are not counted in the row yet, with this one */
    PolledChange(int queries, UnaryOperator<VideoJob> change) {
        this.queries = queries;
        this.change = change;
    }

    @Override
    public VideoJob apply(VideoJob stored) {
        VideoJob after = isPolled(stored) ? change.apply(stored) : stored;
        written = !after.equals(stored);
        return written ? after.with(changes -> changes.polls(stored.polls() + queries)) : stored;
    }

    /** Whether the row has them all. */
    boolean isWritten() {
        return written;
    }

    static boolean isPolled(VideoJob job) {
        return job.state().isWaiting() && job.state() != JobState.RENDERED;
    }
}
