package io.github.grokvideo.component.camel;

import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.provider.BalanceAnswer.Balance;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** {@code balance}: the body becomes the remaining credit, null where it is unlimited. */
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
        message.setHeader(GrokVideoConstants.PROVIDER, account(exchange).provider().name());
        message.setHeader(GrokVideoConstants.JOB_ACCOUNT, account(exchange).name());
        message.setBody(balance.remaining() == null ? null : balance.remaining().amount());
    }
}
