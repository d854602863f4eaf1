// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import io.github.grokvideo.simulator.gateway.Gateway;
import io.github.grokvideo.simulator.gateway.Outbox;
import io.github.grokvideo.simulator.job.JobMark;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.RequestLog;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;

/** Sends what gateways send by themselves when a job ends. Only jobs that need it have a timer. */
public final class Courier implements Outbox {

    private static final int SECONDS = 10;

    private final Vertx vertx;
    private final VideoUpload uploads;
    /** Counts the resets: what was planned before one is not sent. */
    private final AtomicInteger epoch = new AtomicInteger();

    Courier(Vertx vertx, RequestLog log) {
        this.vertx = vertx;
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setIdleTimeout(SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setConnectTimeout(SECONDS * 1000).setKeepAlive(false));
        this.uploads = new VideoUpload(client, log);
    }

    @Override
    public void accepted(Gateway gateway, SimulatedJob job) {
        if (job.awaitsUpload()) {
            at(job.finished().toEpochMilli(), () -> upload(job));
        }
    }

    /** Drops what is planned. */
    public void clear() {
        epoch.incrementAndGet();
    }

    private void upload(SimulatedJob job) {
        job.video().whenComplete((file, failure) -> vertx.runOnContext(ready -> {
            if (failure == null) {
                uploads.put(job, file).onComplete(put -> job.mark(put.succeeded() ? JobMark.UPLOADED : JobMark.UPLOAD_FAILED));
            } else {
                job.mark(JobMark.UPLOAD_FAILED);
            }
        }));
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
