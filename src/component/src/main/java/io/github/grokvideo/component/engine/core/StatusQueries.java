// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;

/**
 * Asks gateways for the status of tasks. A status query is one call, or several if the provider asks for more; together they take one
 * query's timeout. Thread-safe.
 */
public final class StatusQueries {

    /** Limits the calls in flight. */
    @FunctionalInterface
    public interface Gate {

        /** @return completed as the call's own result, which may start later */
        CompletableFuture<HttpAnswer> enter(Supplier<CompletableFuture<HttpAnswer>> call);
    }

    /** Status, result, and one more; a provider that wants further calls asks in circles. */
    private static final int MAX_CALLS = 3;

    private final GatewayCalls gateway;
    private final JobTimer timer;
    private final EngineSettings settings;

    public StatusQueries(GatewayCalls gateway, JobTimer timer, EngineSettings settings) {
        this.gateway = gateway;
        this.timer = timer;
        this.settings = settings;
    }

    /**
     * @param  jobId     null = not about a stored job
     * @param  elsewhere whether the gateway was asked to put the video elsewhere itself
     * @return           the meaning; a query without an answer is {@link PollAnswer.NoAnswer}
     */
    public CompletableFuture<PollAnswer> ask(String jobId, VideoAccount account, String taskId, boolean elsewhere, Gate gate) {
        Query query = new Query(jobId, account, taskId, elsewhere, gate, timer.now().plus(settings.pollTimeout()));
        return call(query, 0, () -> account.provider().poll(taskId), settings.pollTimeout());
    }

    private record Query(String jobId, VideoAccount account, String taskId, boolean elsewhere, Gate gate, Instant end) {
    }

    private CompletableFuture<PollAnswer> call(Query query, int step, Supplier<HttpCall> call, Duration timeout) {
        return query.gate.enter(() -> gateway.call(GatewayCall.Operation.POLL, query.jobId, query.account, call.get(), timeout))
                .handle((answer, failure) -> PollMeaning.of(query.account, new PollQuery(query.taskId, step, query.elsewhere), answer,
                        failure, timer.now(), settings.longestRetryAfter()))
                .thenCompose(meaning -> meaning instanceof PollAnswer.AskNext next ? next(query, step + 1, next.call())
                        : CompletableFuture.completedFuture(meaning));
    }

    private CompletableFuture<PollAnswer> next(Query query, int step, HttpCall call) {
        Duration left = Duration.between(timer.now(), query.end);
        if (step >= MAX_CALLS) {
            return noAnswer(query.account.provider().name() + " asks for more than " + MAX_CALLS + " calls for one status query");
        }
        return left.isZero() || left.isNegative() ? noAnswer("the status query timed out before its call " + (step + 1))
                : call(query, step, () -> call, left);
    }

    private static CompletableFuture<PollAnswer> noAnswer(String reason) {
        return CompletableFuture.completedFuture(new PollAnswer.NoAnswer(reason, false, null));
    }
}
