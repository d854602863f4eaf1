// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import io.github.grokvideo.component.camel.request.JobReference;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;

/** {@code await}: waits for a job submitted earlier, here or elsewhere, and puts its video into the body. */
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
            return video(reference.jobId(), waiter, again -> CompletableFuture.completedFuture(reference.jobId()));
        }
        VideoAccount account = account(exchange);
        VideoTarget place = VideoTarget.of(exchange, options());
        return video(reference.taskId(), waiter, again -> engine().adopt(account, reference.taskId(), place.directory(), place.name(),
                options().getOutput() == GrokVideoOutput.url).thenApply(job -> {
                    call.accept(job.id());
                    return job.id();
                }));
    }

    @Override
    void succeed(Exchange exchange, VideoJob job) throws Exception {
        jobHeaders(exchange, job);
        Delivery.handOn(engine(), exchange, job, options().getOutput());
    }
}
