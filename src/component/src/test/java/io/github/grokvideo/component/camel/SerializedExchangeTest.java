// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultExchangeHolder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An exchange that failed here may be kept by an aggregation repository, or sent on by a broker: its exception goes with it. */
class SerializedExchangeTest extends CamelTest {

    private Exchange carried(Exchange exchange) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(DefaultExchangeHolder.marshal(exchange, true, true));
        }
        Exchange carried = new DefaultExchange(context);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            DefaultExchangeHolder.unmarshal(carried, (DefaultExchangeHolder) in.readObject());
        }
        return carried;
    }

    private static void saysWhatHappened(Throwable error, ErrorType type) {
        assertThat(error).isInstanceOfSatisfying(GrokVideoException.class, known -> {
            assertThat(known.getError().type()).isEqualTo(type);
            assertThat(known.getCharged()).isEqualTo(Charged.UNKNOWN);
            assertThat(known.getProvider()).isEqualTo("xai");
            assertThat(known.getHttpStatus()).isNull();
            assertThat(known.isRetryable()).isEqualTo(known.isResumable());
        });
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionIsWholeAfterItWasCopiedAggregatedAndSerialized(ErrorType type) throws Exception {
        engine.onSubmit = order -> CompletableFuture.failedFuture(FakeEngine.error(type, Charged.UNKNOWN, order.jobId()));
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").split(body(), new GroupedExchangeAggregationStrategy())
                        .doTry().to("grokvideo:generate").doCatch(GrokVideoException.class).end().end().to("mock:all");
            }
        });
        MockEndpoint all = context.getEndpoint("mock:all", MockEndpoint.class);
        all.expectedMessageCount(1);
        template.sendBody("direct:in", List.of("a cat", "a dog"));
        all.assertIsSatisfied();

        List<?> exchanges = all.getExchanges().get(0).getMessage().getBody(List.class);
        assertThat(exchanges).hasSize(2).allSatisfy(one -> {
            Exchange failed = ((Exchange) one).copy();
            saysWhatHappened(carried(failed).getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), type);
        });
        Exchange failed = send("grokvideo:generate", "a cat");
        saysWhatHappened(carried(failed).getException(), type);
    }
}
