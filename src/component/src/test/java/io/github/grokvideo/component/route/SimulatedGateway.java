// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.SimulatorBuilder;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Routes against the simulator, with a component as users have it but for its short times. */
abstract class SimulatedGateway {

    @TempDir
    Path directory;

    GrokVideoSimulator simulator;
    DefaultCamelContext context;

    @BeforeEach
    void startSimulator() throws Exception {
        simulator = simulator(GrokVideoSimulator.builder().port(0).renderTime(Duration.ofMillis(300)));
        context = new DefaultCamelContext();
        component(context, provider());
    }

    @AfterEach
    void stopAll() {
        context.stop();
        simulator.close();
    }

    GrokVideoSimulator simulator(SimulatorBuilder builder) throws Exception {
        return builder.start();
    }

    String provider() {
        return "xai";
    }

    GrokVideoComponent component(CamelContext camel, String provider) {
        GrokVideoComponent component = camel.getComponent("grokvideo", GrokVideoComponent.class);
        component.getConfiguration().setProvider(provider);
        component.getConfiguration().setBaseUrl(simulator.baseUrl(provider));
        component.getConfiguration().setApiKey(simulator.apiKey(provider));
        component.getConfiguration().setPollInterval(Duration.ofMillis(50));
        component.getConfiguration().setMaxPollInterval(Duration.ofMillis(200));
        component.getConfiguration().setSubmitsPerSecond(0.0);
        component.getConfiguration().setWaitTimeout(Duration.ofSeconds(20));
        component.setSubmitTimeout(Duration.ofSeconds(20));
        component.setSubmitRetryTimeout(Duration.ofSeconds(10));
        component.setWorkDirectory(directory.resolve("work").toString());
        return component;
    }

    /** For a gateway that never answers a submit. Other tests have more patience, since a busy machine may stop for seconds. */
    void submitsTimeOutSoon() {
        context.getComponent("grokvideo", GrokVideoComponent.class).setSubmitTimeout(Duration.ofSeconds(2));
    }

    void routes(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        context.start();
    }

    long posts() {
        return simulator.requests().count(RequestKind.SUBMIT);
    }

    /** @return jobs that were created, charged or not */
    long paidJobs() {
        return simulator.jobs().size();
    }

    static Map<String, Object> key(String jobKey) {
        return Map.of("CamelGrokVideoJobKey", jobKey);
    }
}
