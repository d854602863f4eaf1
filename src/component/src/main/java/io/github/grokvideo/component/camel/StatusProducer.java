// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.camel.request.JobReference;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;

/** {@code status}: one status look-up; the body becomes a map. A failed job is a result here, not an exception. */
final class StatusProducer extends GrokVideoProducer<VideoJob> {

    StatusProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CompletableFuture<VideoJob> begin(Exchange exchange) {
        return engine().status(account(exchange), JobReference.of(exchange).id());
    }

    @Override
    void succeed(Exchange exchange, VideoJob job) {
        jobHeaders(exchange, job);
        if (job.error() != null) {
            OutcomeHeaders.failure(exchange.getMessage(), job.error().toException(job.id(), job.provider()), job);
        }
        exchange.getMessage().setBody(JobMap.of(job));
    }
}
