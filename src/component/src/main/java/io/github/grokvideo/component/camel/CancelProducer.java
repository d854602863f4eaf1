// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.camel.request.JobReference;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;

/**
 * {@code cancel}: asks the gateway to stop a job; the body becomes a map of the job, as {@code status} returns it. The job may be open
 * still: it is CANCELLED only once the gateway says so.
 */
final class CancelProducer extends GrokVideoProducer<VideoJob> {

    CancelProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CompletableFuture<VideoJob> begin(Exchange exchange) {
        return engine().cancel(account(exchange), JobReference.of(exchange).id());
    }

    @Override
    void succeed(Exchange exchange, VideoJob job) {
        jobHeaders(exchange, job);
        exchange.getMessage().setBody(JobMap.of(job));
    }
}
