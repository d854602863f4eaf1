// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.GatewayCalls;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;

/**
 * Asks gateways to stop a job. Only the gateway's word ends it. The status is queried first: some gateways stop a job by deleting it, which
 * would lose a video that is done.
 */
final class JobCancellation {

    private final GatewayCalls gateway;
    private final JobBook book;
    private final JobTimer timer;
    private final Duration timeout;
    private final CallGate calls;
    private final Accounts accounts;
    private final JobDispatcher dispatcher;

    JobCancellation(EngineParts parts, CallGate calls, Accounts accounts, JobDispatcher dispatcher) {
        this.gateway = parts.gateway();
        this.book = parts.book();
        this.timer = parts.timer();
        this.timeout = parts.settings().pollTimeout();
        this.calls = calls;
        this.accounts = accounts;
        this.dispatcher = dispatcher;
    }

    /** @return whether the job is at a gateway that has a call to stop it */
    boolean isPossible(VideoJob job) {
        if (!isOpen(job)) {
            return false;
        }
        AccountLimits limits = accounts.of(job);
        return limits != null && limits.account().provider().cancel(job.taskId()).isPresent();
    }

    /** @param job ACCEPTED or RUNNING */
    CompletableFuture<VideoJob> cancel(VideoJob job) {
        AccountLimits limits = accounts.of(job);
        if (limits == null) {
            return CompletableFuture.failedFuture(JobError.of(ErrorType.INVALID_REQUEST, "The account '" + job.account()
                    + "' of the job is not known here: nothing was sent", Charged.UNKNOWN).toException(job.id(), job.provider()));
        }
        VideoAccount account = limits.account();
        HttpCall call = account.provider().cancel(job.taskId()).orElse(null);
        if (call == null) {
            return CompletableFuture.failedFuture(JobError.of(ErrorType.UNSUPPORTED, job.provider()
                    + " documents no way to stop a job. The job goes on, and to stop waiting for it here does not stop its charge",
                    Charged.UNKNOWN).toException(job.id(), job.provider()));
        }
        return dispatcher.ask(job).thenCompose(asked -> isOpen(asked) ? send(asked, account, call)
                : CompletableFuture.completedFuture(asked));
    }

    private CompletableFuture<VideoJob> send(VideoJob job, VideoAccount account, HttpCall call) {
        return calls.urgent(() -> gateway.call(GatewayCall.Operation.CANCEL, job.id(), account, call, timeout))
                .handle((answer, failure) -> after(job, account, answer, failure))
                .thenCompose(result -> result);
    }

    private static boolean isOpen(VideoJob job) {
        return job.state() == JobState.ACCEPTED || job.state() == JobState.RUNNING;
    }

    private CompletableFuture<VideoJob> after(VideoJob job, VideoAccount account, HttpAnswer answer, Throwable failure) {
        if (failure != null) {
            throw EngineErrors.noAnswer("the request to stop the job", failure, "It may be stopped: the job stays open here until a status"
                    + " query tells. Cancel it again").withCharged(Charged.UNKNOWN).toException(job.id(), job.provider());
        }
        CancelAnswer meaning = account.provider().cancelled(answer, timer.now());
        if (meaning instanceof CancelAnswer.Refused refused) {
            throw refused.error().toException(job.id(), job.provider());
        }
        if (meaning instanceof CancelAnswer.Cancelled cancelled) {
            JobError error = JobError.of(ErrorType.CANCELLED, job.provider() + " has stopped the job, as asked", cancelled.charged());
            return CompletableFuture.completedFuture(book.change(job.id(), stored -> JobTransitions.failed(
                    stored, JobState.CANCELLED, error, cancelled.cost(), timer.now()))
                    .orElseThrow(() -> EngineErrors.notKnown(job.id()).toException(job.id(), null)).after());
        }
        // Requested, or done already: the status query tells which.
        return dispatcher.ask(job);
    }
}
