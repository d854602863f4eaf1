// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.camel.LogRecorder;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.provider.VideoProviders;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

/** What {@code completed} takes is said by its own options alone. */
class CompletedFiltersTest extends SimulatedGateway {

    private static final String SOON = "delay=50&initialDelay=0";

    private GrokVideoComponent component() {
        return context.getComponent("grokvideo", GrokVideoComponent.class);
    }

    private void bindAccount(String name, String provider) {
        GrokVideoAccount account = new GrokVideoAccount(provider, simulator.apiKey(provider.startsWith("#") ? "xai" : provider));
        account.setBaseUrl(simulator.baseUrl(provider.startsWith("#") ? "xai" : provider));
        account.setPollInterval(Duration.ofMillis(50));
        context.getRegistry().bind(name, account);
    }

    private String submit(Map<String, Object> headers) {
        return context.createProducerTemplate().requestBodyAndHeaders("direct:submit", "a cat", headers, Map.class).get("jobId").toString();
    }

    private List<Object> jobIds(String mock) {
        return context.getEndpoint(mock, MockEndpoint.class).getExchanges().stream().map(Exchange::getMessage)
                .map(message -> message.getHeader("CamelGrokVideoJobId")).toList();
    }

    @Test
    void withoutOptionsItTakesEveryJobWhateverTheComponentsDefaultsAre() throws Exception {
        component().getConfiguration().setTag("ours");
        bindAccount("other", "toapis");
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:submit").to("grokvideo:submit");
                from("grokvideo:completed?" + SOON).to("mock:all");
            }
        });
        MockEndpoint all = context.getEndpoint("mock:all", MockEndpoint.class);
        all.expectedMessageCount(3);

        String plain = submit(Map.of());
        String other = submit(Map.of("CamelGrokVideoAccount", "other"));
        String tagged = submit(Map.of("CamelGrokVideoTag", "theirs"));

        all.assertIsSatisfied(20_000);
        assertThat(jobIds("mock:all")).containsExactlyInAnyOrder(plain, other, tagged);
    }

    @Test
    void theComponentsAccountIsNoFilterEither() throws Exception {
        bindAccount("other", "toapis");
        component().getConfiguration().setAccount("other");
        component().getConfiguration().setProvider(null);
        component().getConfiguration().setBaseUrl(null);
        component().getConfiguration().setApiKey(null);
        component().getConfiguration().setPollInterval(null);
        component().getConfiguration().setMaxPollInterval(null);
        component().getConfiguration().setSubmitsPerSecond(null);
        bindAccount("third", "xai");
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:submit").to("grokvideo:submit");
                from("grokvideo:completed?account=third&" + SOON).to("mock:third");
                from("grokvideo:completed?account=other&" + SOON).to("mock:other");
            }
        });
        context.getEndpoint("mock:other", MockEndpoint.class).expectedMessageCount(1);
        context.getEndpoint("mock:third", MockEndpoint.class).expectedMessageCount(1);

        String other = submit(Map.of());
        String third = submit(Map.of("CamelGrokVideoAccount", "third"));

        MockEndpoint.assertIsSatisfied(context, 20, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(jobIds("mock:other")).containsExactly(other);
        assertThat(jobIds("mock:third")).containsExactly(third);
    }

    @Test
    void aProviderThatIsABeanIsComparedByItsName() throws Exception {
        context.getRegistry().bind("mine", VideoProviders.named("xai").orElseThrow());
        component().getConfiguration().setProvider("#mine");
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:submit").to("grokvideo:submit");
                from("grokvideo:completed?provider=#mine&" + SOON).to("mock:mine");
            }
        });
        context.getEndpoint("mock:mine", MockEndpoint.class).expectedMessageCount(1);

        String id = submit(Map.of());

        MockEndpoint.assertIsSatisfied(context, 20, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(jobIds("mock:mine")).containsExactly(id);
    }

    @Test
    void whatNoConsumerTakesIsToldAtStart() throws Exception {
        bindAccount("other", "toapis");
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:submit").to("grokvideo:submit");
            }
        });
        String taken = submit(Map.of("CamelGrokVideoTag", "a"));
        submit(Map.of("CamelGrokVideoTag", "b"));
        submit(Map.of("CamelGrokVideoTag", "b"));
        submit(Map.of("CamelGrokVideoTag", "a", "CamelGrokVideoAccount", "other"));
        await().atMost(Duration.ofSeconds(20)).until(() -> component().getEngine().store()
                .list(job -> job.delivery().state() == JobDelivery.State.OFFERED, 10).size() == 4);
        context.getEndpoint("mock:taken", MockEndpoint.class).expectedMessageCount(1);

        try (LogRecorder log = new LogRecorder()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("grokvideo:completed?tag=a&provider=xai&delay=50&initialDelay=200").to("mock:taken");
                    from("grokvideo:completed?tag=b&status=FAILED&delay=50&initialDelay=200").to("mock:failed");
                }
            });
            MockEndpoint.assertIsSatisfied(context, 20, java.util.concurrent.TimeUnit.SECONDS);

            await().atMost(Duration.ofSeconds(10)).until(() -> warnings(log).size() == 1);
            assertThat(warnings(log).get(0)).startsWith("3 jobs").contains("2 (DOWNLOADED, provider xai, account default, tag b)")
                    .contains("1 (DOWNLOADED, provider toapis, account other, tag a)").doesNotContain("account default, tag a");
        }
        assertThat(jobIds("mock:taken")).containsExactly(taken);
    }

    @Test
    void nothingIsToldWhereAllIsTaken() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:submit").to("grokvideo:submit");
            }
        });
        submit(Map.of("CamelGrokVideoTag", "b"));
        context.getEndpoint("mock:all", MockEndpoint.class).expectedMessageCount(1);

        try (LogRecorder log = new LogRecorder()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("grokvideo:completed?tag=a&" + SOON).to("mock:a");
                    from("grokvideo:completed?tag=b&" + SOON).to("mock:all");
                }
            });
            MockEndpoint.assertIsSatisfied(context, 20, java.util.concurrent.TimeUnit.SECONDS);
            // The look comes a second after the last consumer was made.
            await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(20)).until(() -> warnings(log).isEmpty());
        }
    }

    private static List<String> warnings(LogRecorder log) {
        return log.atLeast(Level.WARN).stream().filter(line -> line.contains("match no grokvideo:completed")).toList();
    }
}
