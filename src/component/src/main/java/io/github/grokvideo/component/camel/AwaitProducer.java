package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;

/** {@code await}: wait for a job that was submitted before, here or elsewhere, and hand on its video. */
final class AwaitProducer extends GrokVideoProducer<VideoJob> {

    AwaitProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CompletableFuture<VideoJob> begin(Exchange exchange) {
        JobReference reference = JobReference.of(exchange);
        Object waiter = RouteStops.waiter(exchange);
        Consumer<String> call = getEndpoint().getComponent().observers().call();
        if (reference.jobId() != null) {
            call.accept(reference.jobId());
            return await(reference.jobId(), Duration.ZERO, waiter);
        }
        VideoPlace place = VideoPlace.of(exchange, options());
        return engine().adopt(account(exchange), reference.taskId(), place.directory(), place.name(),
                options().getOutput() == GrokVideoOutput.url).thenCompose(job -> {
                    call.accept(job.id());
                    return await(job.id(), Duration.ZERO, waiter);
                });
    }

    @Override
    void succeed(Exchange exchange, VideoJob job) throws Exception {
        jobHeaders(exchange, job);
        Delivery.handOn(engine(), exchange, job, options().getOutput());
    }
}
