// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The route that one writes without this component: submit, then a loop with a delay of 5 s. It does not download the video. */
public final class LoopRoute {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LoopRoute() {
    }

    public static void main(String[] arguments) throws Exception {
        Wave wave = Wave.of(arguments);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    String connections = "?connectionsPerRoute=500&maxTotalConnections=500";
                    from("direct:video").setHeader(Exchange.HTTP_METHOD, constant("POST"))
                            .to(wave.base() + "/v1/videos/generations" + connections)
                            .process(exchange -> keep(exchange, "request_id"))
                            .loopDoWhile(exchange -> !exchange.getProperty("status", "", String.class).equals("done"))
                                .delay(5_000).asyncDelayed().end()
                                .setHeader(Exchange.HTTP_METHOD, constant("GET"))
                                .toD(wave.base() + "/v1/videos/${exchangeProperty.request_id}" + connections, 1_000)
                                .process(exchange -> keep(exchange, "status"))
                            .end();
                }
            });
            context.start();
            try (AsyncProducer route = context.getEndpoint("direct:video").createAsyncProducer()) {
                route.start();
                wave.measure(() -> submit(wave, route));
            }
        }
        System.exit(0);
    }

    private static void keep(Exchange exchange, String field) throws IOException {
        exchange.setProperty(field, JSON.readTree(exchange.getMessage().getBody(String.class)).path(field).asText());
    }

    private static void submit(Wave wave, AsyncProducer route) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(wave.jobs());
        for (int job = 0; job < wave.jobs(); job++) {
            Exchange exchange = route.getEndpoint().createExchange();
            exchange.getIn().setBody("{\"model\":\"grok-imagine-video\",\"prompt\":\"A red kite\"}");
            route.process(exchange, doneSync -> done.countDown());
        }
        done.await();
    }
}
