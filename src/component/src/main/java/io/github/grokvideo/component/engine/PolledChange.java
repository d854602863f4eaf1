package io.github.grokvideo.component.engine;

import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/** What status queries change in a job. Those that taught nothing are not written: there are many, and a row would have as many versions. */
final class PolledChange implements UnaryOperator<VideoJob> {

    private final int queries;
    private final BiConsumer<VideoJob, VideoJob.Changes> fields;
    private boolean written;

    /** @param queries those that are not counted in the row yet, with this one */
    PolledChange(int queries, BiConsumer<VideoJob, VideoJob.Changes> fields) {
        this.queries = queries;
        this.fields = fields;
    }

    @Override
    public VideoJob apply(VideoJob stored) {
        VideoJob after = isPolled(stored) ? stored.with(changes -> fields.accept(stored, changes)) : stored;
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
