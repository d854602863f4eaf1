package io.github.grokvideo.component.camel;

import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;

/** {@code generate}: submit, wait, hand on the video. */
final class GenerateProducer extends OrderProducer {

    GenerateProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    boolean isDetached() {
        return false;
    }

    @Override
    CompletableFuture<VideoJob> accepted(VideoOrder order, VideoJob job) {
        return await(job.id(), order.waiter());
    }

    @Override
    void handOn(Exchange exchange, VideoJob job) throws Exception {
        Delivery.handOn(engine(), exchange, job, options().getOutput());
    }
}
