// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.stream.Collectors;
import io.github.grokvideo.component.camel.observe.jobs.JobChange;
import io.github.grokvideo.component.camel.observe.jobs.OpenJobs;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.VideoProviders;
import io.github.grokvideo.component.transport.GatewayAccess;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class JobMetricsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final JobMetrics metrics = new JobMetrics(registry, new OpenJobs(false));

    private static VideoJob job(JobDelivery delivery) {
        return VideoJob.create("j", "a", "xai", NOON, job -> job.state(JobState.DOWNLOADED).delivery(delivery));
    }

    private void delivered(JobDelivery before, JobDelivery after) {
        metrics.onChange(new JobChange(job(before), job(after), NOON, null));
    }

    private static GatewayCall poll(String account) {
        VideoAccount one = new VideoAccount(account, VideoProviders.named("xai").orElseThrow(),
                new GatewayAccess(URI.create("https://api.x.ai"), "key"), null, null, null, null, 0, false);
        return new GatewayCall(GatewayCall.Operation.POLL, "j", one, "GET", NOON, NOON.plusMillis(1), 200, 0, null);
    }

    @Test
    void whatConsumersDoWithAJobIsCounted() {
        JobDelivery offered = JobDelivery.DETACHED.offered(NOON);
        JobDelivery claimed = offered.claimed();
        delivered(JobDelivery.DETACHED, offered);
        delivered(offered, claimed);
        delivered(claimed, claimed.acknowledged());
        delivered(claimed, claimed.offered(NOON));
        delivered(claimed, claimed.undelivered());

        for (String outcome : new String[] {"acknowledged", "given_back", "undelivered"}) {
            assertThat(registry.get("grokvideo.deliveries").tag("outcome", outcome).counter().count()).as(outcome).isEqualTo(1);
        }
        assertThat(registry.find("grokvideo.deliveries").counters()).hasSize(3);
    }

    @Test
    void furtherAccountsAreOthers() {
        for (int i = 0; i < 1000; i++) {
            metrics.onCall(poll("account-" + i));
        }

        assertThat(registry.find("grokvideo.gateway.calls").timers().stream().map(timer -> timer.getId().getTag("account"))
                .collect(Collectors.toSet())).hasSize(JobMetrics.MAX_ACCOUNTS + 1).contains("other", "account-0");
    }

    @Test
    void theGaugesGoWithTheEngine() {
        metrics.onCall(poll("a"));
        assertThat(registry.find("grokvideo.jobs.open").gauges()).hasSize(5);

        metrics.close();

        assertThat(registry.find("grokvideo.jobs.open").gauges()).isEmpty();
    }
}
