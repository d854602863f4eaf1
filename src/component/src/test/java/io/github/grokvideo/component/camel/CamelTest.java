// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A context with the component on a fake engine. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class CamelTest {

    @TempDir
    Path directory;

    FakeEngine engine;
    FakeComponent component;
    CamelContext context;
    ProducerTemplate template;

    @BeforeEach
    void startContext() throws Exception {
        engine = new FakeEngine(directory.resolve("work"));
        component = new FakeComponent(engine);
        context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(20);
        context.addComponent("grokvideo", component);
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stopContext() {
        context.stop();
    }

    void routes(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
    }

    /** Sends one message; never throws, the exchange holds the exception. */
    Exchange send(String uri, Object body, Map<String, Object> headers) {
        return template.send(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new java.util.LinkedHashMap<>(headers));
        });
    }

    Exchange send(String uri, Object body) {
        return send(uri, body, Map.of());
    }

    FluentProducerTemplate fluent() {
        return context.createFluentProducerTemplate();
    }
}
