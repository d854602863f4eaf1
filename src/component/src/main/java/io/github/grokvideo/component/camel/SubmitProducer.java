// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;

/** {@code submit}: the body becomes a small map that identifies the job, which continues on its own. */
final class SubmitProducer extends OrderProducer {

    SubmitProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    boolean isDetached() {
        return true;
    }

    /** Has no time limit of its own: queueing and the POST have theirs. With keepWaiting it is retried until the job can be sent. */
    @Override
    CompletableFuture<VideoJob> ordered(VideoOrder order) {
        return options().isKeepWaiting() ? KeepWaitingCall.ofSubmit(getEndpoint().getComponent(), order.jobId(), order.waiter(),
                again -> engine().submit(again ? order.again() : order)).begin() : engine().submit(order);
    }

    @Override
    void handOn(Exchange exchange, VideoJob job) {
        exchange.getMessage().setBody(JobMap.of(job));
    }
}
