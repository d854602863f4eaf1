// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;

/** {@code submit}: the body becomes a small map that says which job goes on by itself. */
final class SubmitProducer extends OrderProducer {

    SubmitProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    boolean isDetached() {
        return true;
    }

    /** Without a limit of its own: it ends with the job's turn, its POST and their limits. */
    @Override
    CompletableFuture<VideoJob> ordered(VideoOrder order) {
        return engine().submit(order);
    }

    @Override
    void handOn(Exchange exchange, VideoJob job) {
        exchange.getMessage().setBody(JobMap.of(job));
    }
}
