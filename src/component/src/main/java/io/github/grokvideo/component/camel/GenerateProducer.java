// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;

/** {@code generate}: submits, waits, and puts the video into the body. */
final class GenerateProducer extends OrderProducer {

    GenerateProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    boolean isDetached() {
        return false;
    }

    @Override
    CompletableFuture<VideoJob> ordered(VideoOrder order) {
        return video(order.jobId(), order.waiter(), again -> submit(again ? order.again() : order).thenApply(VideoJob::id));
    }

    /** waitTimeout=0 applies to the video only: the job must be sent for the video ever to be ready. */
    private CompletableFuture<VideoJob> submit(VideoOrder order) {
        Duration waitTimeout = options().getWaitTimeout();
        return waitTimeout.isZero() ? engine().submit(order) : engine().submit(order, waitTimeout);
    }

    @Override
    void handOn(Exchange exchange, VideoJob job) throws Exception {
        Delivery.handOn(engine(), exchange, job, options().getOutput());
    }
}
