// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.poll;

import java.util.function.UnaryOperator;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/** The change of a job by a status query. Queries without news are not written, since each would create a new version of the row. */
final class PolledChange implements UnaryOperator<VideoJob> {

    private final int queries;
    private final UnaryOperator<VideoJob> change;
    private boolean written;

    /** @param queries queries that are not counted in the row yet, including this one */
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

    /** Whether the row now counts all queries. */
    boolean isWritten() {
        return written;
    }

    static boolean isPolled(VideoJob job) {
        return job.state().isWaiting() && job.state() != JobState.RENDERED;
    }
}
