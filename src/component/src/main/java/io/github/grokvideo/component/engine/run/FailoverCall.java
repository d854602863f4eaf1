// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.submit.FailoverRules;
import io.github.grokvideo.component.engine.submit.FailoverRules.Refusal;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One submit with failover: its accounts are tried in order until one takes the job. Before each attempt the store is asked at all of them
 * for a job of this order, which is attached to instead.
 */
final class FailoverCall {

    private static final Logger LOG = LoggerFactory.getLogger(FailoverCall.class);
    /** Each needs another call at the same moment. Beyond this, the caller gets the error, which is retryable. */
    private static final int MOST_WITHDRAWALS = 10;

    private final EngineModules parts;
    private final VideoOrder order;
    private final Function<VideoOrder, CompletableFuture<VideoJob>> submit;
    /** Attempts follow one another, on different threads. */
    private volatile List<Refusal> refusals = List.of();
    private volatile int withdrawals;

    /** @param submit submits the order at its account only; may throw what the future would fail with */
    FailoverCall(EngineModules parts, VideoOrder order, Function<VideoOrder, CompletableFuture<VideoJob>> submit) {
        this.parts = parts;
        this.order = order;
        this.submit = submit;
    }

    /** Runs on a work thread. */
    CompletableFuture<VideoJob> next() {
        Optional<VideoJob> known = parts.orderJobs.find(order);
        Optional<VideoAccount> account = known.isPresent() ? known.flatMap(job -> FailoverRules.named(order.accounts(), job.account()))
                : FailoverRules.next(order.accounts(), attempts());
        return account.map(one -> attempt(order.at(one, attempts()), known))
                .orElseGet(() -> CompletableFuture.failedFuture(FailoverRules.outcome(refusals)));
    }

    private CompletableFuture<VideoJob> attempt(VideoOrder attempt, Optional<VideoJob> known) {
        boolean inDoubt = known.filter(job -> FailoverRules.isInDoubt(job.state(), order.submitUnknown())).isPresent();
        CompletableFuture<VideoJob> answer;
        try {
            answer = submit.apply(attempt);
        } catch (GrokVideoException refused) {
            answer = CompletableFuture.failedFuture(refused);
        }
        return answer.handle((job, failure) -> failure == null ? CompletableFuture.completedFuture(job)
                : parts.steps.begin(() -> failed(attempt, inDoubt, EngineErrors.unwrap(failure)))).thenCompose(Function.identity());
    }

    private CompletableFuture<VideoJob> failed(VideoOrder attempt, boolean inDoubt, Throwable failure) {
        if (!(failure instanceof GrokVideoException known)) {
            return CompletableFuture.failedFuture(failure);
        }
        if (FailoverRules.isWithdrawn(known.getError()) && withdrawals < MOST_WITHDRAWALS) {
            withdrawals = withdrawals + 1;
            // In favour of another call with the same key, which may have been refused since.
            return next();
        }
        Optional<VideoJob> job = Optional.ofNullable(known.getJobId()).flatMap(parts.book::find);
        if (inDoubt || !FailoverRules.isFree(known.getError(), job.map(VideoJob::state).orElse(null))) {
            return CompletableFuture.failedFuture(
                    refusals.isEmpty() ? known : known.withAttempts(attempts(), known.getError().message()));
        }
        VideoAccount account = job.flatMap(one -> FailoverRules.named(order.accounts(), one.account())).orElse(attempt.account());
        Refusal refusal = new Refusal(new JobError.Attempt(
                account.name(), account.provider().name(), job.map(VideoJob::id).orElse(null), FailoverRules.stored(known.getError()),
                parts.timer.now()), known);
        List<Refusal> all = new ArrayList<>(refusals);
        all.add(refusal);
        refusals = List.copyOf(all);
        LOG.info("Account {} ({}) did not take the job and charged nothing: {}", account.name(), account.provider().name(),
                known.getError().type());
        return next();
    }

    private List<JobError.Attempt> attempts() {
        return refusals.stream().map(Refusal::attempt).toList();
    }
}
