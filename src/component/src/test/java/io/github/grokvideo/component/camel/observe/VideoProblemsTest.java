// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.observe.jobs.GatewayStatus;
import io.github.grokvideo.component.camel.observe.jobs.History;
import io.github.grokvideo.component.camel.observe.jobs.OpenJobs;
import io.github.grokvideo.component.camel.observe.jobs.PollAnswers;
import io.github.grokvideo.component.camel.observe.jobs.RecentJobs;
import io.github.grokvideo.component.camel.observe.jobs.WebhookCounts;
import io.github.grokvideo.component.engine.EngineSpending;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.JobOperations;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobFields;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.VideoProviders;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.MemoryJobStore;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.BudgetWindow;
import io.github.grokvideo.component.transport.GatewayAccess;
import org.junit.jupiter.api.Test;

/** What waits for a person: all of it, and nothing that a route is still at work on. */
class VideoProblemsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofMinutes(10));
    private static final Instant JUST_NOW = NOW.minus(Duration.ofMinutes(1));

    private final JobStore store = new MemoryJobStore();
    private final List<BudgetUse> budgets = new ArrayList<>();
    private Instant now = NOW;
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final GatewayStatus gateways = new GatewayStatus(clock);
    private final VideoProblems problems = new VideoProblems(new NodeView(engine(),
            new ObserverSettings("xai", false, Duration.ofDays(2), Duration.ofDays(2), Duration.ofDays(7)), List::of, new OpenJobs(false),
            new RecentJobs(), new History(), gateways, new PollAnswers(clock), null, null, new WebhookCounts()), clock);

    private VideoEngine engine() {
        JobOperations operations = fake(JobOperations.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "nextPollsAt" -> Map.of();
            default -> throw new UnsupportedOperationException(method.getName());
        });
        EngineSpending spending = fake(EngineSpending.class, (proxy, method, arguments) -> List.copyOf(budgets));
        return fake(VideoEngine.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "operations" -> operations;
            case "spending" -> spending;
            case "store" -> store;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private void job(String id, JobState state, Consumer<JobFields> fields) {
        store.insert(VideoJob.create(id, "team", "xai", LONG_AGO, job -> fields.accept(job.state(state))));
    }

    private static JobDelivery delivery(JobDelivery.State state, Instant at) {
        return new JobDelivery(state, at, 1);
    }

    private JsonNode problems() throws Exception {
        return new ObjectMapper().readTree(problems.problems(20));
    }

    private static String counts(int unknown, int undelivered, int held, int untaken, int accounts, int budgets) {
        return "{\"unknown\":" + unknown + ",\"undelivered\":" + undelivered + ",\"held\":" + held + ",\"untaken\":" + untaken
                + ",\"accounts\":" + accounts + ",\"budgets\":" + budgets + "}";
    }

    @Test
    void nothingIsWrongWithJobsThatGoOnAndEnd() throws Exception {
        job("running", JobState.RUNNING, job -> job.delivery(JobDelivery.DETACHED));
        job("delivered", JobState.DELIVERED, job -> job.endedAt(LONG_AGO));
        job("failed", JobState.FAILED, job -> job.endedAt(LONG_AGO));
        job("in its route", JobState.DOWNLOADED, job -> job.downloadedAt(JUST_NOW).delivery(JobDelivery.ATTACHED));
        job("just offered", JobState.DOWNLOADED, job -> job.downloadedAt(JUST_NOW).delivery(
                delivery(JobDelivery.State.OFFERED, JUST_NOW)));
        job("claimed", JobState.DOWNLOADED, job -> job.downloadedAt(LONG_AGO).delivery(delivery(JobDelivery.State.CLAIMED, LONG_AGO)));
        budgets.add(use("0.50"));

        assertThat(problems.counts()).isEqualTo(counts(0, 0, 0, 0, 0, 0));
        assertThat(problems().get("counts").toString()).isEqualTo(counts(0, 0, 0, 0, 0, 0));
    }

    @Test
    void jobsThatNobodyTakesAreToldWithTheDayOfTheirEnd() throws Exception {
        job("unknown", JobState.UNKNOWN, job -> job.endedAt(LONG_AGO).error(
                JobError.of(ErrorType.SUBMIT_UNKNOWN, "no answer in 60 s", Charged.UNKNOWN)));
        job("left behind", JobState.DOWNLOADED, job -> job.downloadedAt(LONG_AGO).delivery(JobDelivery.ATTACHED));
        job("failing route", JobState.DOWNLOADED, job -> job.downloadedAt(LONG_AGO).delivery(
                delivery(JobDelivery.State.UNDELIVERED, LONG_AGO)));
        job("untaken", JobState.FAILED, job -> job.endedAt(LONG_AGO).delivery(delivery(JobDelivery.State.OFFERED, LONG_AGO)));

        assertThat(problems.counts()).isEqualTo(counts(1, 1, 1, 1, 0, 0));
        JsonNode all = problems();
        assertThat(all.at("/unknown/0/error/message").asText()).isEqualTo("no answer in 60 s");
        assertThat(all.get("counts").toString()).isEqualTo(problems.counts());
        assertThat(all.get("undelivered").findValuesAsText("id")).containsExactly("failing route");
        assertThat(all.get("held").findValuesAsText("id")).as("left behind, or still worked on").containsExactly("left behind");
        for (String kind : List.of("undelivered", "held")) {
            assertThat(all.at("/" + kind + "/0/expiresAt").asText()).isEqualTo(LONG_AGO.plus(Duration.ofDays(7)).toString());
        }
        assertThat(all.get("untaken").findValuesAsText("id")).containsExactly("untaken");
        assertThat(all.at("/untaken/0/expiresAt").isNull()).as("it has no video").isTrue();
    }

    @Test
    void aVideoInADirectoryOfTheUsersIsNotDeleted() throws Exception {
        job("kept", JobState.DOWNLOADED, job -> job.downloadedAt(LONG_AGO).directory(Path.of("/videos")).delivery(JobDelivery.ATTACHED));
        job("to come", JobState.RENDERED, job -> job.renderedAt(LONG_AGO).directory(Path.of("/videos")).delivery(
                delivery(JobDelivery.State.UNDELIVERED, LONG_AGO)));

        assertThat(problems().at("/held/0/expiresAt").isNull()).isTrue();
        assertThat(problems().at("/undelivered/0/expiresAt").isNull()).isFalse();
    }

    @Test
    void atMostAsManyOfAKindAreToldAsAskedFor() throws Exception {
        for (int i = 1; i <= 3; i++) {
            job("held-" + i, JobState.DOWNLOADED, job -> job.downloadedAt(LONG_AGO).delivery(JobDelivery.ATTACHED));
            job("failed-" + i, JobState.DOWNLOADED, job -> job.downloadedAt(LONG_AGO).delivery(
                    delivery(JobDelivery.State.UNDELIVERED, LONG_AGO)));
        }

        JsonNode all = new ObjectMapper().readTree(problems.problems(2));
        assertThat(all.get("held").findValuesAsText("id")).containsExactly("held-1", "held-2");
        assertThat(all.get("undelivered").findValuesAsText("id")).containsExactly("failed-1", "failed-2");
        assertThat(all.get("counts").toString()).isEqualTo(counts(0, 3, 3, 0, 0, 0)).isEqualTo(problems.counts());
    }

    private void called(String name, int status) {
        VideoAccount account = new VideoAccount(name, VideoProviders.named("xai").orElseThrow(),
                new GatewayAccess(URI.create("https://xai.example/v1"), "key"), null, null, null, null, 0, false);
        gateways.onCall(new GatewayCall(GatewayCall.Operation.POLL, "waiting", account, "GET", NOW, NOW, status, 0, null));
    }

    @Test
    void anAccountThatIsNoLongerUsedIsNotRefusedForever() throws Exception {
        called("team", 401);
        now = NOW.plus(Duration.ofMinutes(9));
        assertThat(problems.counts()).isEqualTo(counts(0, 0, 0, 0, 1, 0));

        now = NOW.plus(Duration.ofMinutes(11));

        assertThat(problems.counts()).isEqualTo(counts(0, 0, 0, 0, 0, 0));
        assertThat(problems().get("accounts")).isEmpty();
    }

    @Test
    void accountsThatAreRefusedAreToldWithAJobToAskAbout() throws Exception {
        job("waiting", JobState.RUNNING, job -> { });
        called("team", 401);
        called("other", 503);

        assertThat(problems.counts()).isEqualTo(counts(0, 0, 0, 0, 1, 0));
        assertThat(problems().at("/accounts/0").toString()).isEqualTo("{\"account\":\"team\",\"provider\":\"xai\",\"refusedSince\":\""
                + NOW + "\",\"lastRefusal\":\"" + NOW + "\",\"error\":\"HTTP 401\",\"waitingJob\":\"waiting\"}");
    }

    @Test
    void aBudgetWithHardlyAnythingLeftCountsAsFull() throws Exception {
        budgets.add(use("0.98"));
        assertThat(problems.counts()).isEqualTo(counts(0, 0, 0, 0, 0, 0));
        budgets.set(0, use("0.99"));
        budgets.add(use("1.50"));

        assertThat(problems.counts()).isEqualTo(counts(0, 0, 0, 0, 0, 2));
        assertThat(problems().at("/budgets/1/budget").asText()).isEqualTo("store/day");
        assertThat(problems().at("/budgets/1/left").asText()).isEqualTo("-0.5");
    }

    private static BudgetUse use(String spent) {
        Budget budget = new Budget(Budget.Scope.STORE, null, Budget.Period.DAY, Cost.usd("1.00"));
        return new BudgetUse(new BudgetWindow(budget, LONG_AGO, NOW), budget.limit().amount(), BigDecimal.ZERO, BigDecimal.ZERO,
                new BigDecimal(spent));
    }

    @Test
    void thereIsALimitToHowManyAreAskedFor() {
        for (int limit : new int[] {0, 101}) {
            assertThatThrownBy(() -> problems.problems(limit)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("limit must be 1 to 100: " + limit);
        }
    }
}
