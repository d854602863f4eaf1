// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.core.StatusQueries;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.checked.TaskIds;

/** Tasks that were submitted elsewhere: queried, or adopted to be awaited. Free of charge. */
final class AdoptedTasks {

    private final ReentrantLock adopting = new ReentrantLock();
    private final JobBook book;
    private final StatusQueries queries;
    private final JobTimer timer;
    private final CallGate calls;
    private final Membership membership;

    AdoptedTasks(EngineParts parts, CallGate calls) {
        this.book = parts.book();
        this.queries = parts.queries();
        this.timer = parts.timer();
        this.calls = calls;
        this.membership = parts.membership();
    }

    /** @return the job for the task, the same one each time */
    VideoJob adopt(VideoAccount account, String taskId, Path directory, VideoName name, boolean urlOnly) {
        TaskIds.check(taskId, null);
        adopting.lock();
        try {
            Optional<VideoJob> known = book.store().findByTask(account.name(), taskId);
            if (known.isPresent() && !mayBeAskedAgain(known.get())) {
                return known.get();
            }
            known.ifPresent(book.store()::remove);
            return book.insert(VideoJob.create(UUID.randomUUID().toString(), account.name(), account.provider().name(), timer.now(),
                    changes -> JobTransitions.createdAccepted(changes, taskId, membership.id(), false, timer.now())
                            .directory(directory).name(name).urlOnly(urlOnly)));
        } finally {
            adopting.unlock();
        }
    }

    /**
     * The gateway may have failed to find the task only for a moment, and polling is free. The row of a job with a request stays: it holds
     * the key, which keeps its message from paying again.
     */
    private static boolean mayBeAskedAgain(VideoJob known) {
        return known.state() == JobState.FAILED && known.request() == null;
    }

    /** @return the task as a job that is not stored */
    CompletableFuture<VideoJob> look(VideoAccount account, String taskId) {
        TaskIds.check(taskId, null);
        return queries.ask(null, account, taskId, false, calls::urgent).thenApply(meaning -> read(account, taskId, meaning, timer.now()));
    }

    private static VideoJob read(VideoAccount account, String taskId, PollAnswer answer, Instant now) {
        String provider = account.provider().name();
        VideoJob job = VideoJob.create("", account.name(), provider, now,
                changes -> JobTransitions.createdAccepted(changes, taskId, null, false, null).polls(1));
        if (answer instanceof PollAnswer.Pending pending) {
            VideoJob heard = job.with(changes -> changes.progress(pending.progress()));
            return pending.running() ? JobTransitions.running(heard, now) : heard;
        }
        if (answer instanceof PollAnswer.Done done) {
            return JobTransitions.rendered(job, done, null, now);
        }
        if (answer instanceof PollAnswer.Failed failed) {
            return JobTransitions.failed(job, failed.state(), failed.error(), failed.cost(), now);
        }
        if (answer instanceof PollAnswer.NotFound notFound) {
            throw notFound.error().toException(null, provider);
        }
        if (answer instanceof PollAnswer.Refused refused) {
            throw refused.error().toException(null, provider);
        }
        throw EngineErrors.noConnection(((PollAnswer.NoAnswer) answer).reason()).toException(null, provider);
    }
}
