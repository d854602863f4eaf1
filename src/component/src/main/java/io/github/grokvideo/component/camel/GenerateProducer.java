package io.github.grokvideo.component.camel;

import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.VideoWait;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;

/** {@code generate}: submit, wait, hand on the video. */
final class GenerateProducer extends OrderProducer {

    GenerateProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CompletableFuture<VideoJob> accepted(VideoJob job) {
        return engine().await(new VideoWait(
                job.id(), options().getOutput() == GrokVideoOutput.url, options().getWaitTimeout(), this));
    }

    @Override
    void handOn(Exchange exchange, VideoJob job) throws Exception {
        Delivery.handOn(engine(), exchange, job, options().getOutput());
    }
}
