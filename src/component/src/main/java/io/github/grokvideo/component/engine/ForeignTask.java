package io.github.grokvideo.component.engine;

import java.time.Instant;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.PollAnswer;

/** Reads a status answer about a task that is not in the store, as a job that is not stored either. */
final class ForeignTask {

    private ForeignTask() {
    }

    static VideoJob read(VideoAccount account, String taskId, PollAnswer answer, Instant now) {
        String provider = account.provider().name();
        VideoJob job = VideoJob.create("", account.name(), provider, now,
                changes -> changes.state(JobState.ACCEPTED).taskId(taskId).polls(1));
        if (answer instanceof PollAnswer.Pending pending) {
            return job.with(changes -> changes.state(pending.running() ? JobState.RUNNING : JobState.ACCEPTED)
                    .progress(pending.progress()));
        }
        if (answer instanceof PollAnswer.Done done) {
            return job.with(changes -> changes.state(JobState.RENDERED).progress(100).renderedAt(now).url(done.url())
                    .urlExpiresAt(done.urlExpiresAt()).cost(done.cost()));
        }
        if (answer instanceof PollAnswer.Failed failed) {
            return job.with(changes -> changes.state(failed.state()).error(failed.error()).cost(failed.cost()).endedAt(now));
        }
        if (answer instanceof PollAnswer.NotFound notFound) {
            throw notFound.error().toException(null, provider);
        }
        if (answer instanceof PollAnswer.Refused refused) {
            throw refused.error().toException(null, provider);
        }
        throw Failures.noConnection(((PollAnswer.NoAnswer) answer).reason()).toException(null, provider);
    }
}
