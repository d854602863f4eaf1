// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.provider.BalanceAnswer.Balance;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** {@code balance}: the body becomes the remaining credit; null = unlimited. */
final class BalanceProducer extends GrokVideoProducer<Balance> {

    BalanceProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CompletableFuture<Balance> begin(Exchange exchange) {
        return engine().balance(account(exchange));
    }

    @Override
    void succeed(Exchange exchange, Balance balance) {
        Message message = exchange.getMessage();
        OutcomeHeaders.cost(message, balance.remaining(), GrokVideoConstants.BALANCE, GrokVideoConstants.BALANCE_UNIT);
        message.setHeader(GrokVideoConstants.BALANCE_UNLIMITED, balance.remaining() == null);
        if (balance.used() != null) {
            message.setHeader(GrokVideoConstants.BALANCE_USED, balance.used().amount());
        }
        VideoAccount account = account(exchange);
        OutcomeHeaders.account(message, account.provider().name(), account.name());
        message.setBody(balance.remaining() == null ? null : balance.remaining().amount());
    }
}
