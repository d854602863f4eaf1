// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.dsl.GrokVideoEndpointBuilderFactory;
import io.github.grokvideo.component.camel.dsl.GrokVideoEndpointBuilderFactory.GrokVideoBuilders;
import org.apache.camel.Exchange;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** Java routes whose endpoints are built by methods. */
class EndpointDslTest extends SimulatedGateway {

    private abstract static class VideoRoutes extends EndpointRouteBuilder implements GrokVideoBuilders {
    }

    @Test
    void aProducerAndAConsumerAreBuiltByMethods() throws Exception {
        routes(new VideoRoutes() {
            @Override
            public void configure() {
                from(direct("generate"))
                        .to(grokvideo("generate").duration(6).aspectRatio("16:9").directory(directory.resolve("outbox").toString())
                                .advanced().additionalFields("user", "RAW(a & b + c)"));
                from(direct("submit")).to(grokvideo("submit").tag("RAW(C++ & C)"));
                from(grokvideo("completed").tag("RAW(C++ & C)").concurrentConsumers(2).delay(50).initialDelay(0))
                        .to(mock("completed"));
            }
        });
        MockEndpoint completed = context.getEndpoint("mock:completed", MockEndpoint.class);
        completed.expectedMessageCount(1);

        File video = context.createProducerTemplate().requestBody("direct:generate", "a lighthouse", File.class);
        context.createProducerTemplate().sendBody("direct:submit", "a cat");

        assertThat(video).hasParent(directory.resolve("outbox").toFile()).isFile();
        completed.assertIsSatisfied(Duration.ofSeconds(20).toMillis());
        Exchange ended = completed.getExchanges().get(0);
        assertThat(ended.getMessage().getHeaders()).containsEntry("CamelGrokVideoJobTag", "C++ & C")
                .containsEntry("CamelGrokVideoStatus", "DOWNLOADED");
        assertThat(simulator.requests().entries()).filteredOn(request -> request.body().contains("a lighthouse")).singleElement()
                .satisfies(request -> assertThat(request.body()).contains("\"duration\":6", "\"aspect_ratio\":\"16:9\"",
                        "\"user\":\"a & b + c\""));
    }

    @Test
    void headersHaveMethodsToo() throws Exception {
        routes(new VideoRoutes() {
            @Override
            public void configure() {
                from(direct("generate"))
                        .setHeader(grokvideo().grokVideoPrompt(), constant("a cow"))
                        .to(grokvideo("generate"))
                        .setBody(header(grokvideo().grokVideoStatus()));
            }
        });

        assertThat(context.createProducerTemplate().requestBody("direct:generate", null, String.class)).isEqualTo("DOWNLOADED");
    }

    @Test
    void everyOptionHasAMethodOnItsSide() throws Exception {
        Set<String> producer = methods(GrokVideoEndpointBuilderFactory.GrokVideoEndpointProducerBuilder.class,
                GrokVideoEndpointBuilderFactory.AdvancedGrokVideoEndpointProducerBuilder.class);
        Set<String> consumer = methods(GrokVideoEndpointBuilderFactory.GrokVideoEndpointConsumerBuilder.class,
                GrokVideoEndpointBuilderFactory.AdvancedGrokVideoEndpointConsumerBuilder.class);
        JsonNode model;
        try (InputStream in = getClass().getResourceAsStream("/META-INF/io/github/grokvideo/component/camel/grokvideo.json")) {
            model = new ObjectMapper().readTree(in);
        }
        for (Map.Entry<String, JsonNode> option : model.get("properties").properties()) {
            if (option.getValue().get("kind").asText().equals("parameter")) {
                List<String> labels = List.of(option.getValue().path("label").asText().split(","));
                if (!labels.contains("consumer")) {
                    assertThat(producer).as("to").contains(option.getKey());
                }
                if (!labels.contains("producer")) {
                    assertThat(consumer).as("from").contains(option.getKey());
                }
            }
        }
    }

    private static Set<String> methods(Class<?>... builders) {
        return Stream.of(builders).flatMap(builder -> Stream.of(builder.getMethods())).map(Method::getName).collect(Collectors.toSet());
    }
}
