// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** Jobs that nobody waits for, with the jobs in memory; {@link CompletedInH2Test} does the same with a store. */
class CompletedTest extends SimulatedGateway {

    private GrokVideoComponent component() {
        return context.getComponent("grokvideo", GrokVideoComponent.class);
    }

    private void start(String uri, org.apache.camel.Processor work) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:submit").routeId("in").to("grokvideo:submit?tag=plain").to("mock:submitted");
                from(uri).routeId("out").process(work).to("mock:completed");
            }
        });
    }

    private String submit(String prompt, Map<String, Object> headers) {
        return context.createProducerTemplate().requestBodyAndHeaders("direct:submit", prompt, headers, Map.class).get("jobId").toString();
    }

    private VideoJob job(String id) {
        return component().getEngine().find(id).orElseThrow();
    }

    @Test
    void anEndedJobComesWithBodyHeadersTagAndMetadata() throws Exception {
        Path[] file = new Path[1];
        long[] size = new long[1];
        start("grokvideo:completed?delay=50&initialDelay=0", exchange -> {
            file[0] = exchange.getMessage().getBody(File.class).toPath();
            size[0] = java.nio.file.Files.size(file[0]);
        });
        MockEndpoint completed = context.getEndpoint("mock:completed", MockEndpoint.class);
        completed.expectedMessageCount(1);

        String id = submit("a cat",
                Map.of("CamelGrokVideoTag", "customer-7", "CamelGrokVideoMetadata", Map.of("replyTo", "answers", "n", 5)));

        completed.assertIsSatisfied(20_000);
        Exchange exchange = completed.getExchanges().get(0);
        assertThat(exchange.getMessage().getHeaders()).containsEntry("CamelGrokVideoJobId", id)
                .containsEntry("CamelGrokVideoStatus", "DOWNLOADED").containsEntry("CamelGrokVideoJobTag", "customer-7")
                .containsEntry("CamelGrokVideoJobMetadata", Map.of("replyTo", "answers", "n", "5"))
                .containsEntry("CamelGrokVideoRedelivered", false).containsEntry("CamelGrokVideoDeliveries", 1)
                .containsEntry("CamelGrokVideoSize", size[0]);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(job(id).state()).isEqualTo(JobState.DELIVERED);
            assertThat(job(id).delivery().state()).isEqualTo(JobDelivery.State.ACKNOWLEDGED);
            assertThat(job(id).route()).isEqualTo("in");
            assertThat(file[0]).doesNotExist();
            assertThat(job(id).file()).doesNotExist();
        });
    }

    @Test
    void aVideoThatIsPassedOnToAQueueIsAcknowledgedAndGoesWhenTheQueuesRouteHasEnded() throws Exception {
        Path[] kept = new Path[1];
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:submit").to("grokvideo:submit");
                from("grokvideo:completed?delay=50&initialDelay=0").to("seda:later?waitForTaskToComplete=Never");
                from("seda:later").process(exchange -> {
                    VideoJob job = job(exchange.getMessage().getHeader("CamelGrokVideoJobId", String.class));
                    assertThat(job.delivery().state()).isEqualTo(JobDelivery.State.CLAIMED);
                    kept[0] = job.file();
                    assertThat(exchange.getMessage().getBody(File.class)).exists();
                }).to("mock:completed");
            }
        });
        context.getEndpoint("mock:completed", MockEndpoint.class).expectedMessageCount(1);

        String id = submit("a cat", Map.of());

        MockEndpoint.assertIsSatisfied(context, 20, java.util.concurrent.TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(job(id).delivery().state()).isEqualTo(JobDelivery.State.ACKNOWLEDGED);
            assertThat(kept[0]).doesNotExist();
        });
    }

    @Test
    void aVideoThatAnAwaitGetsMeanwhileComesAgainWhenItsRouteFails() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        start("grokvideo:completed?delay=50&initialDelay=0&redeliveryDelay=100ms", exchange -> {
            if (calls.incrementAndGet() == 1) {
                context.createProducerTemplate().send("grokvideo:await", awaiting -> awaiting.getMessage().setHeader(
                        "CamelGrokVideoJobId", exchange.getMessage().getHeader("CamelGrokVideoJobId")));
                throw new IllegalStateException("the sink is away");
            }
            assertThat(exchange.getMessage().getBody(File.class)).exists();
        });
        MockEndpoint completed = context.getEndpoint("mock:completed", MockEndpoint.class);
        completed.expectedMessageCount(1);

        String id = submit("a cat", Map.of());

        completed.assertIsSatisfied(20_000);
        assertThat(completed.getExchanges().get(0).getMessage().getHeader("CamelGrokVideoRedelivered")).isEqualTo(true);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(job(id).delivery().state()).isEqualTo(JobDelivery.State.ACKNOWLEDGED);
            assertThat(job(id).downloads()).isEqualTo(1);
            assertThat(job(id).file()).doesNotExist();
        });
    }

    @Test
    void aFailedJobIsAnOrdinaryMessageWithoutABody() throws Exception {
        start("grokvideo:completed?delay=50&initialDelay=0", exchange -> { });
        MockEndpoint completed = context.getEndpoint("mock:completed", MockEndpoint.class);
        completed.expectedMessageCount(1);

        String id = submit("a cat [[fault:job-failed]]", Map.of());

        completed.assertIsSatisfied(20_000);
        Exchange exchange = completed.getExchanges().get(0);
        assertThat(exchange.getMessage().getBody()).isNull();
        assertThat(exchange.getMessage().getHeaders()).containsEntry("CamelGrokVideoStatus", "FAILED")
                .containsEntry("CamelGrokVideoErrorType", "JOB_FAILED").containsKey("CamelGrokVideoErrorMessage")
                .containsEntry("CamelGrokVideoJobTag", "plain");
        await().atMost(Duration.ofSeconds(10)).until(() -> job(id).delivery().state() == JobDelivery.State.ACKNOWLEDGED);
    }

    @Test
    void aJobWhoseRouteFailsComesAgainAndThenRestsUntilItIsRedelivered() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        start("grokvideo:completed?delay=50&initialDelay=0&maximumDeliveries=3&redeliveryDelay=100ms", exchange -> {
            assertThat(exchange.getMessage().getBody(File.class)).exists();
            assertThat(exchange.getMessage().getHeader("CamelGrokVideoRedelivered")).isEqualTo(calls.get() > 0 && calls.get() != 3);
            if (calls.incrementAndGet() <= 3) {
                throw new IllegalStateException("the sink is away");
            }
        });
        MockEndpoint completed = context.getEndpoint("mock:completed", MockEndpoint.class);

        String id = submit("a cat", Map.of());

        await().atMost(Duration.ofSeconds(20)).until(() -> job(id).delivery().state() == JobDelivery.State.UNDELIVERED);
        assertThat(calls).hasValue(3);
        assertThat(job(id).file()).exists();

        completed.expectedMessageCount(1);
        component().getEngine().operations().redeliver(id);
        completed.assertIsSatisfied(20_000);
        await().atMost(Duration.ofSeconds(10)).until(() -> job(id).delivery().state() == JobDelivery.State.ACKNOWLEDGED);
    }

    @Test
    void filtersLeaveWhatOthersTake() throws Exception {
        Map<String, String> taken = new HashMap<>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:submit").to("grokvideo:submit");
                for (String filter : new String[] { "status=FAILED,MODERATED", "tag=a", "tag=b&status=DOWNLOADED", "provider=reapi" }) {
                    from("grokvideo:completed?delay=50&initialDelay=0&" + filter).process(exchange -> {
                        synchronized (taken) {
                            taken.put(exchange.getMessage().getHeader("CamelGrokVideoJobId", String.class), filter);
                        }
                    }).to("mock:completed");
                }
            }
        });
        context.getEndpoint("mock:completed", MockEndpoint.class).expectedMessageCount(3);

        String a = submit("a cat", Map.of("CamelGrokVideoTag", "a"));
        String b = submit("a dog", Map.of("CamelGrokVideoTag", "b"));
        String failed = submit("a cow [[fault:job-failed]]", Map.of("CamelGrokVideoTag", "c"));

        MockEndpoint.assertIsSatisfied(context, 20, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(taken).containsExactlyInAnyOrderEntriesOf(
                Map.of(a, "tag=a", b, "tag=b&status=DOWNLOADED", failed, "status=FAILED,MODERATED"));
    }
}
