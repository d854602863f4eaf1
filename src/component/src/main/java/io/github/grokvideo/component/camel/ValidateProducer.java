// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.camel.request.JobLabels;
import io.github.grokvideo.component.camel.request.MediaDirectories;
import io.github.grokvideo.component.camel.request.RequestReader;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.provider.ResolvedRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** {@code validate}: fails as {@code generate} would before spending anything; otherwise leaves the body unchanged. */
final class ValidateProducer extends GrokVideoProducer<ResolvedRequest> {

    ValidateProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CompletableFuture<ResolvedRequest> begin(Exchange exchange) {
        VideoTarget place = VideoTarget.of(exchange, options());
        return engine().validate(VideoOrder.builder(UUID.randomUUID().toString(), account(exchange), RequestReader.read(
                exchange, options(), MediaDirectories.of(options().getMediaDirectories())))
                .onFailedKey(options().getOnFailedKey()).submitUnknown(options().getSubmitUnknown())
                .maxJobCost(maxJobCost()).directory(place.directory())
                .name(place.name()).waiter(this).labels(JobLabels.read(exchange, options().getTag(), false)).build());
    }

    @Override
    void succeed(Exchange exchange, ResolvedRequest resolved) {
        VideoAccount account = account(exchange);
        if (!resolved.violations().isEmpty()) {
            throw InvalidRequestException.of(account.provider().name(), resolved.request().model(), resolved.violations());
        }
        Message message = exchange.getMessage();
        OutcomeHeaders.cost(
                message, resolved.estimate(), GrokVideoConstants.ESTIMATED_COST, GrokVideoConstants.ESTIMATED_COST_UNIT);
        OutcomeHeaders.account(message, account.provider().name(), account.name());
        if (!resolved.warnings().isEmpty()) {
            message.setHeader(GrokVideoConstants.WARNINGS, resolved.warnings().stream().map(Violation::toString).toList());
        }
        if (resolved.request().model() != null) {
            message.setHeader(GrokVideoConstants.JOB_MODEL, resolved.request().model());
        }
        if (resolved.request().mode() != null) {
            message.setHeader(GrokVideoConstants.JOB_MODE, resolved.request().mode().value());
        }
    }
}
