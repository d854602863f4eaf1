// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.VideoJobListener;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.GatewayCalls;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the files that a job has uploaded to its gateway, once the gateway is done with them. Best effort: what remains expires there by
 * itself, see {@link io.github.grokvideo.component.engine.EngineSettings#keepUploads()}.
 */
public final class UploadRemoval implements VideoJobListener {

    private static final Logger LOG = LoggerFactory.getLogger(UploadRemoval.class);
    private static final int NOT_FOUND = 404;

    private final GatewayCalls gateway;
    private final CallGate gate;
    private final Accounts accounts;
    private final Executor work;
    private final Duration timeout;

    public UploadRemoval(EngineParts parts, CallGate gate, Accounts accounts) {
        this.gateway = parts.gateway();
        this.gate = gate;
        this.accounts = accounts;
        this.work = parts.work();
        this.timeout = parts.settings().pollTimeout();
    }

    @Override
    public void onJob(VideoJob before, VideoJob after) {
        if (!after.details().uploads().isEmpty() && isDone(after) && (before == null || !isDone(before))) {
            try {
                work.execute(() -> remove(after));
            } catch (RejectedExecutionException stopped) {
                LOG.debug("Job {}: the engine stops, its uploads expire at the gateway", after.id());
            }
        }
    }

    /** Whether the gateway needs the uploads no more. An UNKNOWN job may still be rendering. */
    private static boolean isDone(VideoJob job) {
        return job.state() == JobState.RENDERED || job.state().hasVideo() || job.state().isEnded() && job.state() != JobState.UNKNOWN;
    }

    private void remove(VideoJob job) {
        AccountLimits limits = accounts.of(job);
        if (limits == null) {
            return;
        }
        for (String id : job.details().uploads()) {
            Optional<HttpCall> call = call(job, limits, id);
            if (call.isPresent()) {
                gate.ordinary(() -> gateway.call(GatewayCall.Operation.UPLOAD, job.id(), limits.account(), call.get(), timeout))
                        .whenComplete((answer, failure) -> ended(job, id, answer, failure));
            }
        }
    }

    private static Optional<HttpCall> call(VideoJob job, AccountLimits limits, String id) {
        try {
            return limits.account().provider().deleteUpload(id);
        } catch (RuntimeException e) {
            LOG.debug("Job {}: its upload {} cannot be deleted", job.id(), id, e);
            return Optional.empty();
        }
    }

    private static void ended(VideoJob job, String id, HttpAnswer answer, Throwable failure) {
        if (failure != null || !answer.isSuccess() && answer.status() != NOT_FOUND) {
            LOG.info("Job {}: its upload {} could not be deleted at {} and expires there by itself: {}", job.id(), id, job.provider(),
                    failure == null ? "HTTP " + answer.status() : EngineErrors.unwrap(failure).getMessage());
        }
    }
}
