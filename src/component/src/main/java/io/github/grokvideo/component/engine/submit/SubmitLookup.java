// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import io.github.grokvideo.component.engine.Backoff;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.GatewayCalls;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a gateway that stores our job id whether an unanswered submit created a job. A 404 right after a lost POST proves nothing, so the
 * lookup is retried for a while.
 */
final class SubmitLookup {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitLookup.class);
    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(20));

    private final GatewayCalls gateway;
    private final CallGate gate;
    private final JobTimer timer;
    private final Executor work;
    private final EngineSettings settings;

    SubmitLookup(EngineParts parts, CallGate gate) {
        this.gateway = parts.gateway();
        this.gate = gate;
        this.timer = parts.timer();
        this.work = parts.work();
        this.settings = parts.settings();
    }

    /**
     * @param found called with the gateway's task id
     * @param never called if the window closes without one; at once if the gateway stores no client ids
     */
    void look(VideoAccount account, String jobId, Consumer<String> found, Runnable never) {
        Optional<HttpCall> call = call(account, jobId);
        if (call.isEmpty()) {
            never.run();
            return;
        }
        later(1, new Search(account, jobId, call.get(), timer.now().plus(WINDOW), found, never));
    }

    private static Optional<HttpCall> call(VideoAccount account, String jobId) {
        try {
            return account.provider().lookup(jobId);
        } catch (RuntimeException e) {
            LOG.warn("Job {} cannot be looked up", jobId, e);
            return Optional.empty();
        }
    }

    private static Optional<String> taskId(VideoAccount account, HttpAnswer answer) {
        try {
            return account.provider().lookedUp(answer);
        } catch (RuntimeException e) {
            LOG.debug("The answer to a lookup cannot be read", e);
            return Optional.empty();
        }
    }

    private record Search(
            VideoAccount account, String jobId, HttpCall call, Instant end, Consumer<String> found, Runnable never) {
    }

    private void later(int attempt, Search search) {
        timer.schedule(BACKOFF.after(attempt), () -> work.execute(() -> gate.urgent(() -> gateway.call(
                GatewayCall.Operation.LOOKUP, search.jobId, search.account, search.call, settings.pollTimeout()))
                .whenComplete((answer, failure) -> {
                    Optional<String> taskId = failure == null ? taskId(search.account, answer) : Optional.empty();
                    if (taskId.isPresent()) {
                        search.found.accept(taskId.get());
                        return;
                    }
                    if (timer.now().plus(BACKOFF.after(attempt + 1)).isAfter(search.end)) {
                        search.never.run();
                    } else {
                        later(attempt + 1, search);
                    }
                })));
    }
}
