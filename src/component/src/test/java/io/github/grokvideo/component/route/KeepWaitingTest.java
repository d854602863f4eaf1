// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.error.DetachedException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** An exchange that stays with its job, on a gateway. */
class KeepWaitingTest extends SimulatedGateway {

    private void route(String options) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("in").to("grokvideo:generate?keepWaiting=true" + options);
            }
        });
    }

    private CompletableFuture<Exchange> send(String prompt) {
        return context.createProducerTemplate().asyncSend("direct:in", exchange -> exchange.getMessage().setBody(prompt));
    }

    @Test
    void aWaitThatIsTooShortIsWaitedAgain() throws Exception {
        route("&waitTimeout=200ms&directory=" + directory.resolve("videos"));

        Exchange done = send("A lighthouse [[render=2s]]").get();

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(File.class)).isFile();
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aGatewayThatIsAskedTooOftenIsAskedLater() throws Exception {
        context.getComponent("grokvideo", GrokVideoComponent.class).setSubmitRetryTimeout(Duration.ofMillis(300));
        route("");

        Exchange done = send("A lighthouse [[fault:submit-429 times=3]]").get();

        assertThat(done.getException()).isNull();
        assertThat(paidJobs()).isEqualTo(1);
    }

    @Test
    void aDirectoryThatIsAFileIsWaitedForAndNothingIsPaidMeanwhile() throws Exception {
        Path videos = Files.writeString(directory.resolve("videos"), "a file");
        route("&directory=" + videos);

        CompletableFuture<Exchange> sent = send("A lighthouse");
        assertThat(posts()).isZero();
        Files.delete(videos);

        assertThat(sent.get().getException()).isNull();
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aStopBetweenTwoAttemptsLeavesTheJobToTheNextStart() throws Exception {
        route("&waitTimeout=100ms&jobKey=lighthouse");
        CompletableFuture<Exchange> sent = send("A lighthouse [[render=3s]]");
        await().atMost(Duration.ofSeconds(10)).until(() -> posts() == 1);

        context.getRouteController().stopRoute("in", 100, TimeUnit.MILLISECONDS);
        assertThat(sent.get().getException()).isInstanceOf(DetachedException.class);
        context.getRouteController().startRoute("in");

        assertThat(send("A lighthouse [[render=3s]]").get().getException()).isNull();
        assertThat(posts()).isEqualTo(1);
    }

    private void submitRoute() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("in").to("grokvideo:submit?keepWaiting=true&jobKey=lighthouse");
            }
        });
    }

    @Test
    void aSubmitStaysUntilTheAccountHasCredit() throws Exception {
        submitRoute();

        Exchange done = send("A lighthouse [[fault:submit-402 times=2]]").get();

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(java.util.Map.class)).containsKey("jobId");
        assertThat(paidJobs()).isEqualTo(1);
    }

    @Test
    void aStopEndsASubmitThatIsRetriedAndNothingIsPaid() throws Exception {
        submitRoute();
        CompletableFuture<Exchange> sent = send("A lighthouse [[fault:submit-402 times=100]]");
        await().atMost(Duration.ofSeconds(10)).until(() -> posts() == 1);

        context.getRouteController().stopRoute("in", 100, TimeUnit.MILLISECONDS);

        assertThat(sent.get().getException()).isInstanceOf(DetachedException.class);
        assertThat(paidJobs()).isZero();
    }
}
