// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.SimulatorBuilder;
import io.github.grokvideo.simulator.VideoMode;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.junit.jupiter.api.Test;

/** How many status queries a job takes, and how late its video is noticed, if the gateway reports its end. */
class WebhookLoadIT extends SimulatedGateway {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final int JOBS = 1000;
    /** Enough for one that is answered before its job has ended, by chance. */
    private static final double MAX_POLLS = 1.2;

    @Override
    String provider() {
        return "openrouter";
    }

    @Override
    GrokVideoSimulator simulator(SimulatorBuilder builder) throws Exception {
        return builder.renderTime(Duration.ofSeconds(20)).videos(VideoMode.SHARED).webhookSecret(SECRET).start();
    }

    @Test
    void aThousandJobsThatTheGatewayReportsAreHardlyPolled() throws Exception {
        VertxPlatformHttpServerConfiguration settings = new VertxPlatformHttpServerConfiguration();
        settings.setBindHost("127.0.0.1");
        settings.setBindPort(0);
        VertxPlatformHttpServer server = new VertxPlatformHttpServer(settings);
        context.addService(server);
        context.start();
        GrokVideoComponent component = component(context, provider());
        component.setSubmitTimeout(Duration.ofMinutes(1));
        component.getConfiguration().setPollInterval(null);
        component.getConfiguration().setMaxPollInterval(null);
        component.getConfiguration().setWebhookSecret(SECRET);
        component.getConfiguration().setWebhookPollInterval(Duration.ofMinutes(1));
        component.getConfiguration().setWebhookUrl("http://127.0.0.1:" + server.getServer().actualPort() + "/grokvideo");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                rest().post("/grokvideo").to("grokvideo:notify");
                from("direct:submit").to("grokvideo:submit");
            }
        });
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
        System.out.printf("%d jobs with reports: %.2f status queries a job, noticed %d ms (median) and %d ms (95 %%) after their end%n",
                JOBS, polls, lags.get(lags.size() / 2), lags.get(lags.size() * 95 / 100));
        assertThat(polls).isLessThanOrEqualTo(MAX_POLLS);
        assertThat(paidJobs()).isEqualTo(JOBS + 1);
    }

    private static List<VideoJob> done(GrokVideoComponent component) {
        return component.getEngine().store().list(job -> job.renderedAt() != null, 2 * JOBS);
    }
}
