// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.fault.FaultStage;
import io.github.grokvideo.simulator.gateway.Callback;
import io.github.grokvideo.simulator.gateway.Gateway;
import io.github.grokvideo.simulator.gateway.Outbox;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.JobMark;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.log.RequestLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;

/** Sends what gateways send by themselves when a job ends. Only jobs that need it have a timer. */
public final class Courier implements Outbox {

    private static final int SECONDS = 10;

    private final Vertx vertx;
    private final VideoUpload uploads;
    private final CallbackPost callbacks;
    private final List<Duration> retries;
    /** Counts the resets: what was planned before one is not sent. */
    private final AtomicInteger epoch = new AtomicInteger();
    private CompletableFuture<Void> early;

    Courier(Vertx vertx, RequestLog log, List<Duration> retries) {
        this.vertx = vertx;
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setIdleTimeout(SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setConnectTimeout(SECONDS * 1000).setKeepAlive(false));
        this.uploads = new VideoUpload(client, log);
        this.callbacks = new CallbackPost(client, log);
        this.retries = List.copyOf(retries);
    }

    @Override
    public void accepted(Gateway gateway, SimulatedJob job) {
        long end = job.finished().toEpochMilli();
        if (job.awaitsUpload()) {
            at(end, () -> upload(job));
        }
        if (job.extra(JobDraft.CALLBACK_URL).isEmpty() || job.marked(JobMark.NOTIFIED)) {
            return;
        }
        Optional<Fault> fault = job.takeFault(FaultStage.WEBHOOK);
        FaultKind kind = fault.map(Fault::kind).orElse(null);
        if (kind == FaultKind.WEBHOOK_EARLY) {
            early = new CompletableFuture<>();
            CompletableFuture<Void> sent = early;
            vertx.runOnContext(now -> notify(gateway, job, fault, sent));
        } else if (kind == FaultKind.WEBHOOK_NEVER) {
            // Neither in the next run.
            job.mark(JobMark.NOTIFIED);
        } else {
            long late = kind == FaultKind.WEBHOOK_LATE ? fault.get().millis("delay", "2s") : 0;
            at(end + late, () -> notify(gateway, job, fault, new CompletableFuture<>()));
        }
    }

    /**
     * Completes after the first try of a webhook that has to come before the answer to the submit that has just been handled; empty if
     * there is none. Called on the thread that handles requests.
     */
    Optional<CompletableFuture<Void>> early() {
        Optional<CompletableFuture<Void>> sent = Optional.ofNullable(early);
        early = null;
        return sent;
    }

    /** Drops what is planned. */
    public void clear() {
        epoch.incrementAndGet();
    }

    private void upload(SimulatedJob job) {
        job.video().whenComplete((file, failure) -> vertx.runOnContext(ready -> {
            Future<?> put = failure == null ? uploads.put(job, file) : Future.failedFuture(failure);
            put.onComplete(done -> job.mark(done.succeeded() ? JobMark.UPLOADED : JobMark.UPLOAD_FAILED));
        }));
    }

    /** Sends the webhook of a job, unless the job is stuck or was cancelled. */
    private void notify(Gateway gateway, SimulatedJob job, Optional<Fault> fault, CompletableFuture<Void> firstTry) {
        Optional<Callback> callback = job.state().ended() && job.state() != SimulatedJobState.CANCELLED
                ? gateway.callback(job) : Optional.empty();
        if (callback.isEmpty()) {
            firstTry.complete(null);
            return;
        }
        attempt(job, callback.get(), fault.orElse(null), 0).onComplete(sent -> firstTry.complete(null));
    }

    private Future<Boolean> attempt(SimulatedJob job, Callback callback, Fault fault, int retry) {
        return callbacks.post(job, callback, fault).onSuccess(received -> {
            if (!received && retry < retries.size()) {
                at(System.currentTimeMillis() + retries.get(retry).toMillis(), () -> attempt(job, callback, fault, retry + 1));
                return;
            }
            job.mark(JobMark.NOTIFIED);
            if (received && fault != null && fault.kind() == FaultKind.WEBHOOK_TWICE) {
                callbacks.post(job, callback, fault);
            }
        });
    }

    private void at(long millis, Runnable action) {
        int planned = epoch.get();
        vertx.setTimer(Math.max(1, millis - System.currentTimeMillis()), due -> {
            if (planned == epoch.get()) {
                action.run();
            }
        });
    }
}
