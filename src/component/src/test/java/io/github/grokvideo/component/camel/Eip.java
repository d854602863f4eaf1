// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.saga.InMemorySagaService;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.builder.ExpressionBuilder;

/**
 * Patterns that copy an exchange, or make a producer anew, round a call.
 *
 * @param name   as a test shows it
 * @param around puts the pattern round a {@code to} in a route
 */
record Eip(String name, Around around) {

    interface Around {
        /** @param call the URI of the call */
        void add(RouteBuilder builder, ProcessorDefinition<?> route, String call) throws Exception;
    }

    /** Those after which the exchange goes on with the outcome of the call. */
    static List<Eip> synchronous() {
        return List.of(
                new Eip("to", (builder, route, call) -> route.to(call)),
                new Eip("sub-route", (builder, route, call) -> {
                    sub(builder, call);
                    route.to("direct:call");
                }),
                new Eip("circuitBreaker", (builder, route, call) -> route.circuitBreaker().to(call).end()),
                new Eip("circuitBreaker inheritErrorHandler",
                        (builder, route, call) -> route.circuitBreaker().inheritErrorHandler(true).to(call).end()),
                new Eip("circuitBreaker with timeout", (builder, route, call) -> route.circuitBreaker().resilience4jConfiguration()
                        .timeoutEnabled(true).timeoutDuration(20_000).end().to(call).end()),
                new Eip("circuitBreaker in circuitBreaker",
                        (builder, route, call) -> route.circuitBreaker().circuitBreaker().to(call).end().end()),
                new Eip("circuitBreaker of a sub-route", (builder, route, call) -> {
                    sub(builder, call);
                    route.circuitBreaker().to("direct:call").end();
                }),
                new Eip("recipientList", (builder, route, call) -> route.recipientList(Builder.constant(call))),
                new Eip("recipientList dynamic, uncached", (builder, route, call) -> {
                    sub(builder, call);
                    route.setHeader("to", Builder.constant("direct:call")).recipientList(Builder.header("to")).cacheSize(-1);
                }),
                new Eip("recipientList parallel", (builder, route, call) -> {
                    sub(builder, call);
                    route.recipientList(Builder.constant("direct:call")).parallelProcessing();
                }),
                new Eip("split", (builder, route, call) -> route.split(Builder.body(), AggregationStrategies.useLatest()).to(call).end()),
                new Eip("split parallel", (builder, route, call) -> route.split(Builder.body(), AggregationStrategies.useLatest())
                        .parallelProcessing().to(call).end()),
                new Eip("split sharing the unit of work", (builder, route, call) -> {
                    sub(builder, call);
                    route.split(Builder.body(), AggregationStrategies.useLatest()).shareUnitOfWork().to("direct:call").end();
                }),
                new Eip("split after a parallel split", (builder, route, call) -> route
                        .setProperty("prompt", Builder.body()).setBody(Builder.constant("1,2,3"))
                        .split(Builder.body().tokenize(","), AggregationStrategies.useLatest()).parallelProcessing()
                        .to("log:part?level=DEBUG").end().setBody(ExpressionBuilder.exchangePropertyExpression("prompt"))
                        .split(Builder.body(), AggregationStrategies.useLatest()).to(call).end()),
                new Eip("multicast", (builder, route, call) -> route.multicast(AggregationStrategies.useLatest()).to(call).end()),
                new Eip("multicast parallel", (builder, route, call) -> route.multicast(AggregationStrategies.useLatest())
                        .parallelProcessing().to(call).end()),
                new Eip("loop", (builder, route, call) -> route.loop(1).to(call).end()),
                new Eip("loop with copy", (builder, route, call) -> route.loop(1).copy().to(call).end()),
                new Eip("routingSlip", (builder, route, call) -> route.routingSlip(Builder.constant(call))),
                new Eip("dynamicRouter", (builder, route, call) -> route.dynamicRouter(
                        firstOnly(call))),
                new Eip("enrich", (builder, route, call) -> route.enrich(call)),
                new Eip("enrich of a sub-route", (builder, route, call) -> {
                    sub(builder, call);
                    route.enrich("direct:call");
                }),
                new Eip("enrich sharing the unit of work", (builder, route, call) -> {
                    sub(builder, call);
                    route.enrich().constant("direct:call").shareUnitOfWork();
                }),
                new Eip("pollEnrich", (builder, route, call) -> route.setProperty("prompt", Builder.body())
                        .to("seda:side?waitForTaskToComplete=Never").pollEnrich("seda:side", 5_000)
                        .setBody(ExpressionBuilder.exchangePropertyExpression("prompt")).to(call)),
                new Eip("saga", (builder, route, call) -> {
                    builder.getContext().addService(new InMemorySagaService());
                    builder.from("direct:call").errorHandler(builder.noErrorHandler()).saga().to(call);
                    route.to("direct:call");
                }),
                new Eip("loadBalance failover", (builder, route, call) -> {
                    sub(builder, call);
                    route.loadBalance().failover(3, false, true).to("direct:call").end();
                }),
                new Eip("loadBalance roundRobin", (builder, route, call) -> route.loadBalance().roundRobin().to(call).end()),
                new Eip("toD", (builder, route, call) -> route.toD(call)),
                new Eip("toD uncached", (builder, route, call) -> route.toD(call, -1)),
                new Eip("toD with a cache of one", (builder, route, call) -> route.setHeader("to", Builder.constant(call))
                        .toD("${header.to}", 1)),
                new Eip("kamelet", (builder, route, call) -> {
                    template(builder, call);
                    route.to("kamelet:made");
                }),
                new Eip("kamelet EIP", (builder, route, call) -> {
                    template(builder, call);
                    route.kamelet("made").to("log:kamelet?level=DEBUG").end();
                }),
                new Eip("routeTemplate", (builder, route, call) -> {
                    builder.getContext().addRoutes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            routeTemplate("template").templateParameter("name").from("direct:{{name}}")
                                    .errorHandler(noErrorHandler()).to(call);
                        }
                    });
                    TemplatedRouteBuilder.builder(builder.getContext(), "template").parameter("name", "made").add();
                    route.to("direct:made");
                }),
                new Eip("choice in doTry", (builder, route, call) -> route.doTry().choice().when(always()).to(call).endChoice().end()
                        .endDoTry().doCatch(IllegalStateException.class).to("log:never").end()),
                new Eip("threads", (builder, route, call) -> route.threads(1).to(call)),
                new Eip("seda that waits", (builder, route, call) -> {
                    builder.from("seda:call").errorHandler(builder.noErrorHandler()).to(call);
                    route.to("seda:call?waitForTaskToComplete=Always");
                }),
                new Eip("properties removed before a circuitBreaker", (builder, route, call) -> route.removeProperties("*")
                        .circuitBreaker().to(call).end()));
    }

    /** Those whose call is in work that goes on by itself: whoever reads the video does it there. */
    static List<Eip> asynchronous() {
        return List.of(
                new Eip("wireTap", (builder, route, call) -> {
                    builder.from("direct:tapped").to(call).to("direct:sink");
                    route.wireTap("direct:tapped");
                }),
                new Eip("wireTap dynamic", (builder, route, call) -> {
                    builder.from("direct:tapped").circuitBreaker().to(call).end().to("direct:sink");
                    route.setHeader("to", Builder.constant("direct:tapped")).wireTap("${header.to}");
                }),
                new Eip("aggregate", (builder, route, call) -> route.aggregate(Builder.constant(true), AggregationStrategies.useLatest())
                        .completionSize(1).to(call).to("direct:sink").end()),
                new Eip("resequence", (builder, route, call) -> route.resequence(Builder.body()).batch().timeout(20)
                        .to(call).to("direct:sink")),
                new Eip("seda", (builder, route, call) -> {
                    builder.from("seda:call").to(call).to("direct:sink");
                    route.to("seda:call?waitForTaskToComplete=Never");
                }),
                new Eip("onCompletion", (builder, route, call) -> {
                    builder.from("direct:ends").onCompletion().to(call).to("direct:sink").end().to("log:ends?level=DEBUG");
                    route.to("direct:ends");
                }),
                new Eip("onCompletion in parallel", (builder, route, call) -> {
                    builder.from("direct:ends").onCompletion().parallelProcessing().to(call).to("direct:sink").end()
                            .to("log:ends?level=DEBUG");
                    route.to("direct:ends");
                }));
    }

    private static ExpressionAdapter firstOnly(String call) {
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                return exchange.getProperty(Exchange.SLIP_ENDPOINT) == null ? call : null;
            }
        };
    }

    private static Predicate always() {
        return exchange -> true;
    }

    /** A route of its own, whose error handling is its caller's. */
    private static void sub(RouteBuilder builder, String call) {
        builder.from("direct:call").errorHandler(builder.noErrorHandler()).to(call);
    }

    private static void template(RouteBuilder builder, String call) {
        builder.routeTemplate("made").from("kamelet:source").errorHandler(builder.noErrorHandler()).to(call).to("kamelet:sink");
    }

    @Override
    public String toString() {
        return name;
    }
}
