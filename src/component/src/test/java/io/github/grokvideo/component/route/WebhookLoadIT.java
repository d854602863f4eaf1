// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.SimulatorBuilder;
import io.github.grokvideo.simulator.VideoMode;
import io.github.grokvideo.simulator.log.LoggedRequest;
import io.github.grokvideo.simulator.log.RequestKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.junit.jupiter.api.Test;

/**
 * How many status queries a job takes, and how late its video is noticed, if the gateway reports its end; and that forged notices change
 * nothing.
 */
class WebhookLoadIT extends SimulatedGateway {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final int JOBS = 1000;
    private static final Duration LONG = Duration.ofHours(1);
    /** Enough for one that is answered before its job has ended, by chance. */
    private static final double MAX_POLLS = 1.2;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Override
    String provider() {
        return "openrouter";
    }

    @Override
    GrokVideoSimulator simulator(SimulatorBuilder builder) throws Exception {
        return builder.renderTime(Duration.ofSeconds(20)).videos(VideoMode.SHARED).webhookSecret(SECRET).start();
    }

    /**
     * @param  pollInterval        null = the gateway's own
     * @param  webhookPollInterval of jobs whose notice is expected
     * @return                     a component that gets the gateway's notices, with a route for them and one that submits
     */
    private GrokVideoComponent notified(Duration pollInterval, Duration webhookPollInterval) throws Exception {
        context.getRegistry().bind("metricsRegistry", meters);
        VertxPlatformHttpServerConfiguration settings = new VertxPlatformHttpServerConfiguration();
        settings.setBindHost("127.0.0.1");
        settings.setBindPort(0);
        VertxPlatformHttpServer server = new VertxPlatformHttpServer(settings);
        context.addService(server);
        context.start();
        GrokVideoComponent component = component(context, provider());
        component.setSubmitTimeout(Duration.ofMinutes(1));
        component.getConfiguration().setPollInterval(pollInterval);
        component.getConfiguration().setMaxPollInterval(pollInterval);
        component.getConfiguration().setWebhookPollInterval(webhookPollInterval);
        component.getConfiguration().setWebhookSecret(SECRET);
        component.getConfiguration().setWebhookUrl("http://127.0.0.1:" + server.getServer().actualPort() + "/grokvideo");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                rest().post("/grokvideo").to("grokvideo:notify");
                from("direct:submit").to("grokvideo:submit");
            }
        });
        return component;
    }

    @Test
    void aThousandJobsThatTheGatewayReportsAreHardlyPolled() throws Exception {
        GrokVideoComponent component = notified(null, Duration.ofMinutes(1));
        ProducerTemplate source = context.createProducerTemplate();
        // Until a notice has arrived, the component does not count on notices.
        source.sendBody("direct:submit", "the first [[render=1s]]");
        await().atMost(Duration.ofMinutes(1)).until(() -> done(component).size() == 1);
        long before = simulator.requests().count(RequestKind.POLL);

        for (int i = 0; i < JOBS; i++) {
            source.sendBody("direct:submit", "waiting " + i);
        }
        await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofSeconds(1)).until(() -> simulator.jobs().size() == JOBS + 1
                && simulator.jobs().stream().allMatch(job -> job.downloads() > 0));

        List<Long> lags = done(component).stream().filter(job -> job.renderedAt() != null).map(job -> Duration.between(
                simulator.job(job.taskId()).orElseThrow().finished(), job.renderedAt()).toMillis()).sorted().toList();
        double polls = (simulator.requests().count(RequestKind.POLL) - before) / (double) JOBS;
        System.out.printf("%d jobs with notices: %.2f status queries a job, noticed %d ms (median) and %d ms (95 %%) after their end%n",
                JOBS, polls, lags.get(lags.size() / 2), lags.get(lags.size() * 95 / 100));
        assertThat(polls).isLessThanOrEqualTo(MAX_POLLS);
        assertThat(paidJobs()).isEqualTo(JOBS + 1);
    }

    /**
     * Without notices each job would be polled an hour after it was accepted. Whether it still would be is read from the schedule, so the
     * comparison is exact, and no time of this machine can change it.
     */
    @Test
    void aThousandForgedReportsChangeNothing() throws Exception {
        // Jobs accepted after a notice that was believed would not be polled for three hours.
        GrokVideoComponent component = notified(LONG, LONG.multipliedBy(3));
        ProducerTemplate source = context.createProducerTemplate();

        for (int i = 0; i < JOBS; i++) {
            source.sendBody("direct:submit", "waiting " + i + " [[render=1s]] [[fault:webhook-forged]]");
        }
        // Each of them is refused, and so repeated after a while.
        await().atMost(Duration.ofMinutes(2)).until(() -> simulator.requests().entries(RequestKind.SENT).stream()
                .map(LoggedRequest::body).distinct().count() == JOBS);
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(notices())
                .containsExactly(Map.entry("forged", simulator.requests().count(RequestKind.SENT))));

        assertThat(simulator.requests().entries(RequestKind.SENT)).allMatch(notice -> notice.status() == 401);
        assertThat(simulator.requests().count(RequestKind.POLL)).isZero();
        assertThat(meters.find("grokvideo.webhook.sooner").timer()).isNull();
        List<VideoJob> jobs = component.getEngine().store().list(job -> true, 2 * JOBS);
        Map<String, Instant> polls = component.getEngine().operations().nextPollsAt(jobs.stream().map(VideoJob::id).toList());
        assertThat(jobs).hasSize(JOBS).allSatisfy(job -> {
            assertThat(job.state()).isEqualTo(JobState.ACCEPTED);
            assertThat(polls.get(job.id())).isBetween(job.acceptedAt().plus(LONG), job.acceptedAt().plus(LONG.multipliedBy(2)));
        });
        assertThat(paidJobs()).isEqualTo(JOBS);

        // The notices were refused for their signature alone.
        source.sendBody("direct:submit", "the last [[render=0s]]");
        await().atMost(Duration.ofMinutes(1)).until(() -> done(component).size() == 1);
        assertThat(notices()).hasSize(2).containsKey("forged");
    }

    /** @return how many notices were received, by outcome */
    private Map<String, Long> notices() {
        return meters.find("grokvideo.webhooks").counters().stream().collect(Collectors.toMap(
                counter -> counter.getId().getTag("outcome"), counter -> (long) counter.count()));
    }

    private static List<VideoJob> done(GrokVideoComponent component) {
        return component.getEngine().store().list(job -> job.renderedAt() != null, 2 * JOBS);
    }
}
