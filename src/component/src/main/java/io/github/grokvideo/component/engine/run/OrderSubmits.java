// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.files.VideoNames;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.submit.Acceptance;
import io.github.grokvideo.component.engine.submit.SubmitDecision;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.ResolvedRequest;

/** Submits orders: at their account or, with failover, at the first of their accounts that takes them. */
final class OrderSubmits {

    private final EngineModules parts;

    OrderSubmits(EngineModules parts) {
        this.parts = parts;
    }

    /**
     * Reads and writes the store.
     *
     * @param  acceptance the caller's wait
     * @return            the job once the gateway has accepted it
     */
    CompletableFuture<VideoJob> submit(VideoOrder order, Acceptance acceptance) {
        if (parts.refusing) {
            throw EngineErrors.stopping(order.jobId());
        }
        // First, so that it cannot mistake this call's job for one that was left behind.
        if (parts.cluster == null) {
            order.accounts().forEach(account -> parts.recovery.ensure(account.name()));
        }
        return order.accounts().size() == 1 ? submitAt(order, acceptance)
                : new FailoverCall(parts, order, attempt -> submitAt(attempt, acceptance)).next();
    }

    private CompletableFuture<VideoJob> submitAt(VideoOrder order, Acceptance acceptance) {
        if (parts.refusing) {
            throw EngineErrors.stopping(order.jobId());
        }
        AccountLimits limits = parts.accounts.of(order.account());
        SubmitDecision.Decision decision = parts.submitDecision.decide(order, () -> measured(order));
        String jobId = decision.job().id();
        CompletableFuture<VideoJob> answer = acceptance.begin(parts.waiters, jobId);
        if (decision.request() != null && !parts.refusing) {
            parts.submitter.submit(order, limits, decision);
        }
        if (decision.request() != null && parts.refusing) {
            // The other waiters may have been detached before this one was added.
            parts.submitter.withdraw(jobId, limits);
        }
        // If it was withdrawn between the decision and the wait, nothing else ends the wait.
        parts.dispatcher.refreshReliably(jobId, () -> parts.waiters.fail(
                jobId, answer, EngineErrors.withdrawn().toException(jobId, order.account().provider().name())));
        return answer;
    }

    /** Checks a request against the rules of the order's account, without sending anything. */
    ResolvedRequest measured(VideoOrder order) {
        return parts.prices.checked(order, VideoNames.checked(order, parts.mediaPlan.validate(order)));
    }
}
