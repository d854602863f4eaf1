// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.camel.request.SpendQueryReader;
import io.github.grokvideo.component.store.spend.SpendSum;
import org.apache.camel.Exchange;

/** {@code spend}: sums of what jobs have cost; the body becomes a list of maps. Calls no gateway. */
final class SpendProducer extends GrokVideoProducer<List<SpendSum>> {

    SpendProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    CompletableFuture<List<SpendSum>> begin(Exchange exchange) {
        return engine().spending().sums(SpendQueryReader.read(exchange, engine().spending().zone(), Instant.now()));
    }

    @Override
    void succeed(Exchange exchange, List<SpendSum> sums) {
        List<Map<String, Object>> rows = sums.stream().map(SpendSum::toMap).toList();
        exchange.getMessage().setBody(rows);
    }
}
