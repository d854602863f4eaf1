// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.camel.request.FieldValue;
import io.github.grokvideo.component.camel.request.JobReference;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;

/**
 * {@code status}: one status look-up; the body becomes a map. A failed job is a result here, not an exception. With the header
 * {@code CamelGrokVideoStatusWait} an open job is answered when it has ended or its video is here, at the latest after that time; no
 * thread is held meanwhile.
 */
final class StatusProducer extends GrokVideoProducer<VideoJob> {

    StatusProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CompletableFuture<VideoJob> begin(Exchange exchange) {
        Duration wait = wait(exchange);
        Object waiter = RouteStops.waiter(exchange);
        CompletableFuture<VideoJob> now = engine().status(account(exchange), JobReference.of(exchange).id());
        return wait.isZero() ? now : now.thenCompose(job -> settled(job, wait, waiter));
    }

    private CompletableFuture<VideoJob> settled(VideoJob asked, Duration wait, Object waiter) {
        if (isSettled(asked)) {
            return CompletableFuture.completedFuture(asked);
        }
        CompletableFuture<Void> pause = engine().pause(asked.id(), wait, waiter);
        if (getEndpoint().getComponent().routeStops().isStopped(waiter)) {
            // The route may have stopped before this pause was registered.
            engine().detach(waiter);
        }
        // The job may have ended before the pause was registered.
        VideoJob since = find(asked.id()).orElse(asked);
        return isSettled(since) ? CompletableFuture.completedFuture(since)
                : pause.thenApply(over -> find(asked.id()).orElse(asked));
    }

    private static boolean isSettled(VideoJob job) {
        return job.state().isEnded() || job.state().hasVideo() || job.state() == JobState.RENDERED && job.urlOnly();
    }

    private static Duration wait(Exchange exchange) {
        Object value = exchange.getMessage().getHeader(GrokVideoConstants.STATUS_WAIT);
        try {
            Duration wait = value == null ? Duration.ZERO
                    : exchange.getContext().getTypeConverter().tryConvertTo(Duration.class, exchange, value);
            if (wait != null && !wait.isNegative()) {
                return wait;
            }
        } catch (TypeConversionException e) {
            // Reported below.
        }
        throw InvalidRequestException.of(null, null, List.of(
                new Violation(GrokVideoConstants.STATUS_WAIT, FieldValue.shown(value), "must be a time such as 20s")));
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
