// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.camel.observe.jobs.GatewayStatus;
import io.github.grokvideo.component.camel.observe.jobs.History;
import io.github.grokvideo.component.camel.observe.jobs.OpenJobs;
import io.github.grokvideo.component.camel.observe.jobs.PollAnswers;
import io.github.grokvideo.component.camel.observe.jobs.RecentJobs;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.JobOperations;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.VideoProviders;
import io.github.grokvideo.component.transport.GatewayAccess;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

/** When status queries without an answer, or none at all, say that this node is in trouble. */
class PollsHealthTest {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private Instant nextPoll = now;
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    };
    private final PollAnswers polls = new PollAnswers(clock);
    private final OpenJobs jobs = new OpenJobs(false);
    private final JobOperations operations = proxy(JobOperations.class, Map.of());
    private final HealthCheck check = HealthChecks.of(new NodeView(proxy(VideoEngine.class, operations),
            new ObserverSettings("xai", false, Duration.ofDays(2), LIMIT, Duration.ofDays(7)), List::of, jobs, new RecentJobs(),
            new History(), new GatewayStatus(clock), polls, null, null, null), clock).stream()
            .filter(one -> one.getId().equals("grokvideo-polls")).findFirst().orElseThrow();

    /** Answers every method with the value, and asks for the next polls with that of the one job. */
    private <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) ->
                method.getName().equals("nextPollsAt") ? Map.of("job-1", nextPoll) : answer));
    }

    private void job(JobState state) {
        VideoJob job = VideoJob.create("job-1", "default", "xai", now, fields -> fields.state(state));
        jobs.changed(null, job, now);
    }

    private void polled(String provider, int status) {
        VideoAccount account = new VideoAccount("default", VideoProviders.named(provider).orElseThrow(),
                new GatewayAccess(URI.create("https://gateway.test"), "key"), null, null, null, null, 0, false);
        polls.onCall(new GatewayCall(GatewayCall.Operation.POLL, "job-1", account, "GET", now, now, status, 0,
                status == 0 ? "connection refused or no route" : null));
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private HealthCheck.State state() {
        return check.call(Map.of()).getState();
    }

    @Test
    void silenceWhileJobsWaitIsDownUntilThereIsAnAnswer() {
        job(JobState.ACCEPTED);
        polled("xai", 200);
        for (int i = 0; i < 10; i++) {
            after(Duration.ofMinutes(1));
            polled("xai", 0);
            assertThat(state()).isEqualTo(HealthCheck.State.UP);
        }
        after(Duration.ofMinutes(1));

        HealthCheck.Result result = check.call(Map.of());
        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage().orElseThrow()).contains("xai since 2026-03-01T12:01:00Z (connection refused or no route)");

        polled("xai", 503);
        assertThat(state()).as("a gateway in trouble is no trouble of this node").isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void silenceOfOneGatewayTakesNoNodeAway() {
        job(JobState.ACCEPTED);
        polled("xai", 0);
        after(Duration.ofMinutes(11));
        polled("toapis", 200);

        assertThat(state()).isEqualTo(HealthCheck.State.UP);
        assertThat(check.call(Map.of()).getDetails()).containsKeys("xai.silentSince", "toapis.lastAnswer");
    }

    @Test
    void silenceIsOverWithTheLastJob() {
        job(JobState.ACCEPTED);
        polled("xai", 0);
        after(Duration.ofMinutes(11));
        assertThat(state()).isEqualTo(HealthCheck.State.DOWN);
        job(JobState.FAILED);
        assertThat(state()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void queriesThatAreNotMadeAnyMoreAreDown() {
        job(JobState.ACCEPTED);
        nextPoll = now.plus(Duration.ofHours(1));
        after(Duration.ofMinutes(59));
        assertThat(state()).as("the gateway has asked for patience").isEqualTo(HealthCheck.State.UP);

        after(Duration.ofMinutes(12));
        HealthCheck.Result result = check.call(Map.of());
        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage().orElseThrow()).contains("job-1", "overdue");
    }
}
