package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.VideoWait;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.JobError;
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

    /** A wait of zero is for the video alone: what is not sent can never be ready. */
    @Override
    CompletableFuture<VideoJob> submit(VideoOrder order) {
        Duration waitTimeout = options().getWaitTimeout();
        return waitTimeout.isZero() ? engine().submit(order) : engine().submit(order, waitTimeout);
    }

    @Override
    CompletableFuture<VideoJob> accepted(VideoJob job, Duration spent) {
        if (isStoppingOrStopped()) {
            // The route stopped in between, and has freed its exchanges already.
            return CompletableFuture.failedFuture(JobError.of(ErrorType.DETACHED, "The route stopped while the job was sent."
                    + " The job goes on; the same message again attaches to it without paying twice", Charged.UNKNOWN)
                    .toException(job.id(), job.provider()));
        }
        return engine().await(new VideoWait(
                job.id(), options().getOutput() == GrokVideoOutput.url, options().getWaitTimeout(), spent, this));
    }

    @Override
    void handOn(Exchange exchange, VideoJob job) throws Exception {
        Delivery.handOn(engine(), exchange, job, options().getOutput());
    }
}
