// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.SpendLimitException;
import io.github.grokvideo.component.error.SubmitUnknownException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobCharge;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.SpendQuery;
import io.github.grokvideo.component.store.spend.SpendSum;
import org.junit.jupiter.api.Test;

/** What jobs may cost. The gateway's videos are expected to cost 0.30 USD, and it reports 0.25. */
class BudgetTest extends EngineTestBase {

    /** Three jobs a day. */
    private static final Budget DAY = new Budget(Budget.Scope.ACCOUNT, "default", Budget.Period.DAY, Cost.usd("0.90"));
    /** One job a day, of whatever account. */
    private static final Budget SHARED = new Budget(Budget.Scope.TAG, "shared", Budget.Period.DAY, Cost.usd("0.30"));

    @Override
    Spending spending() {
        return new Spending(new Budgets(List.of(DAY, SHARED), ZoneOffset.UTC), 80, Duration.ofDays(40));
    }

    private VideoOrder waiting(String jobId) {
        return waiting(jobId, gateway.account());
    }

    private VideoOrder waiting(String jobId, VideoAccount account) {
        return VideoOrder.builder(jobId, account, VideoRequest.ofPrompt(jobId)).waiter(waiter).onBudget(VideoOrder.OnBudget.WAIT).build();
    }

    private VideoAccount account(Double submitsPerSecond, Map<String, Double> tagWeights) {
        VideoAccount plain = gateway.account();
        return new VideoAccount(plain.name(), plain.provider(), plain.access(), null, null, null, submitsPerSecond, 0, false, null, 1,
                AccountCosts.NONE, tagWeights);
    }

    private BudgetUse use() {
        return store.ledger().orElseThrow().uses(spending().budgets().windows("default", null, timer.now())).get(0);
    }

    private void assertUse(String reserved, String estimated, String reported) {
        assertThat(List.of(use().reserved(), use().estimated(), use().reported())).usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal(reserved), new BigDecimal(estimated), new BigDecimal(reported));
    }

    private List<CompletableFuture<VideoJob>> submit(int count) {
        List<CompletableFuture<VideoJob>> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(submit(order("prompt " + i)));
        }
        return jobs;
    }

    private void pollsStayPending() {
        gateway.polled = task -> TestGateway.status(202);
    }

    @Test
    void nothingIsSentBeyondTheBudget() {
        pollsStayPending();

        List<CompletableFuture<VideoJob>> jobs = submit(5);

        assertThat(gateway.posts()).isEqualTo(3);
        assertThat(jobs.subList(0, 3)).allMatch(job -> !job.isCompletedExceptionally());
        for (CompletableFuture<VideoJob> refused : jobs.subList(3, 5)) {
            GrokVideoException error = error(refused);
            assertThat(error).isInstanceOf(SpendLimitException.class);
            assertThat(error.getCharged()).isEqualTo(Charged.NO);
            assertThat(error.isRetryable()).isTrue();
            assertThat(error.getMessage()).contains("account:default/day", "the limit is 0.9 USD", "0.9 reserved", "It renews at");
        }
        assertThat(job("job-4").state()).isEqualTo(JobState.REJECTED);
        assertThat(job("job-4").jobKey()).as("the key is free again").isNull();
        assertUse("0.90", "0", "0");
    }

    @Test
    void aReportedCostFreesWhatWasReservedInExcess() {
        submit(3).forEach(CompletableFuture::join);
        for (int i = 1; i <= 3; i++) {
            CompletableFuture<VideoJob> done = await("job-" + i, Duration.ofHours(1));
            timer.advance(Duration.ofMinutes(2));
            done.join();
        }

        assertUse("0", "0", "0.75");
        assertThat(error(submit(order("one more")))).hasMessageContaining("0.75 are spent as reported");
    }

    @Test
    void whatCostsNothingIsReleased() {
        gateway.submitScript.add(TestGateway.status(400));
        submit(order("refused"));
        assertUse("0", "0", "0");

        gateway.pollScript.add(TestGateway.status(400));
        submit(order("failed without a charge"));
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-2").state()).isEqualTo(JobState.FAILED);
        assertUse("0", "0", "0");
        assertThat(job("job-2").details().charge().state()).isEqualTo(JobCharge.State.RELEASED);
    }

    @Test
    void aRetryAfterARateLimitReservesOnce() {
        pollsStayPending();
        gateway.submitScript.add(TestGateway.retryAfter(429, 5));
        submit(order("rate limited"));
        assertUse("0.30", "0", "0");

        timer.advance(Duration.ofSeconds(10));

        assertThat(gateway.posts()).isEqualTo(2);
        assertThat(job("job-1").state()).isNotEqualTo(JobState.NEW);
        assertUse("0.30", "0", "0");
    }

    @Test
    void aLostAnswerStaysReservedAndASecondSubmitIsReservedAsWell() {
        pollsStayPending();
        gateway.submitScript.add(TestGateway.lost());
        assertThat(error(submit(order("job-1", "lost", "key")))).isInstanceOf(SubmitUnknownException.class);
        assertUse("0.30", "0", "0");

        VideoOrder again = with(order("job-2", "lost", "key"), VideoOrder.OnFailedKey.FAIL, VideoOrder.SubmitUnknown.RESUBMIT);
        submit(again);

        assertUse("0.30", "0.30", "0");
        submit(order("job-3", "third", null));
        assertThat(error(submit(order("job-4", "fourth", null)))).isInstanceOf(SpendLimitException.class);
    }

    @Test
    void aJobInDoubtStaysInDoubtIfThereIsNoRoomToSubmitItAgain() {
        pollsStayPending();
        gateway.submitScript.add(TestGateway.lost());
        submit(order("job-1", "lost", "key"));
        submit(order("job-2", "second", null));
        submit(order("job-3", "third", null));

        assertThat(error(submit(with(order("job-4", "lost", "key"), VideoOrder.OnFailedKey.FAIL, VideoOrder.SubmitUnknown.RESUBMIT))))
                .isInstanceOf(SpendLimitException.class);

        assertThat(job("job-1").state()).isEqualTo(JobState.UNKNOWN);
        assertThat(job("job-1").jobKey()).isEqualTo("key");
        assertThat(gateway.posts()).isEqualTo(3);
        assertUse("0.90", "0", "0");
    }

    @Test
    void anAbandonedJobCountsAsSpent() {
        gateway.submitScript.add(TestGateway.lost());
        submit(order("lost"));

        engine.operations().abandon("job-1");

        assertUse("0", "0.30", "0");
    }

    @Test
    void aJobInDoubtThatIsForgottenCountsAsSpent() {
        gateway.submitScript.add(TestGateway.lost());
        submit(order("lost"));
        assertUse("0.30", "0", "0");

        timer.advance(Duration.ofHours(1));
        engine.operations().purge(Duration.ZERO);

        assertThat(jobs()).isEmpty();
        assertUse("0", "0.30", "0");
    }

    @Test
    void whoeverWaitsIsSentWhenTheBudgetRenews() {
        pollsStayPending();
        submit(3);
        CompletableFuture<VideoJob> first = submit(waiting("job-a"));
        CompletableFuture<VideoJob> second = submit(waiting("job-b"));
        timer.advance(Duration.ofHours(1));
        assertThat(gateway.posts()).isEqualTo(3);
        assertThat(job("job-a").state()).isEqualTo(JobState.NEW);
        assertThat(job("job-a").submits()).isZero();

        timer.advance(untilMidnight().plusSeconds(10));

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(sent("job-a", "job-b")).containsExactly("job-a", "job-b");
        assertThat(gateway.posts()).isEqualTo(5);
        assertUse("0.60", "0", "0");
    }

    /** @return those of the jobs that were accepted, in the order in which they were sent */
    private List<String> sent(String... ids) {
        return Stream.of(ids).filter(id -> job(id).taskId() != null)
                .sorted(Comparator.comparing(id -> Integer.valueOf(job(id).taskId().substring(5)))).toList();
    }

    private Duration untilMidnight() {
        Instant now = timer.now();
        return Duration.between(now, use().window().until());
    }

    @Test
    void whoeverWaitsIsSentInOrderWhenAnotherJobFreesSomething() {
        gateway.polled = task -> TestGateway.status(task.equals("task-1") ? 400 : 202);
        submit(3);
        List<String> ids = List.of("job-a", "job-b");
        ids.forEach(id -> submit(waiting(id)));

        timer.advance(Duration.ofSeconds(30));

        assertThat(job("job-1").state()).isEqualTo(JobState.FAILED);
        assertThat(job("job-a").state()).as("the first one").isNotEqualTo(JobState.NEW);
        assertThat(job("job-b").state()).isEqualTo(JobState.NEW);
        assertUse("0.90", "0", "0");
    }

    @Test
    void whoeverNeedsMoreIsNotOvertaken() {
        pollsStayPending();
        engine.spending().changeLimit("account:default/day", new BigDecimal("0.70"));
        submit(2);
        CompletableFuture<VideoJob> first = submit(waiting("job-a"));
        submit(waiting("job-b"));

        timer.advance(Duration.ofMinutes(1));
        assertThat(gateway.posts()).isEqualTo(2);
        engine.spending().changeLimit("account:default/day", new BigDecimal("0.90"));
        timer.advance(Duration.ofSeconds(6));

        assertThat(first).isCompleted();
        assertThat(job("job-b").state()).isEqualTo(JobState.NEW);
    }

    @Test
    void aWithdrawnJobHoldsNoPlaceAtItsAccount() {
        pollsStayPending();
        VideoAccount narrow = gateway.account("default", 4);
        submit(3);
        for (int i = 0; i < 5; i++) {
            submit(waiting("waiting-" + i, narrow));
        }
        engine.detach(waiter);
        engine.spending().changeLimit("account:default/day", new BigDecimal("100"));

        CompletableFuture<VideoJob> next = submit(order("next", "next", null, narrow));
        timer.advance(Duration.ofSeconds(10));

        assertThat(next).isCompleted();
        assertThat(gateway.posts()).isEqualTo(4);
    }

    @Test
    void refusedJobsUseNoTurns() {
        pollsStayPending();
        VideoAccount slow = account(1.0, Map.of());
        List<CompletableFuture<VideoJob>> refused = new ArrayList<>();
        for (int i = 0; i < 103; i++) {
            refused.add(submit(order("job-" + i, "r", null, slow)));
        }

        timer.advance(Duration.ofSeconds(4));

        assertThat(gateway.posts()).isEqualTo(3);
        assertThat(refused.subList(3, 103)).as("without taking a second each").allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void aRetryDoesNotQueueForTheAmountThatItHasReserved() {
        pollsStayPending();
        gateway.submitScript.add(TestGateway.status(429));
        VideoAccount fast = account(0.0, Map.of());
        submit(waiting("job-a", fast));
        List.of("job-1", "job-2").forEach(id -> submit(order(id, id, null, fast)));
        submit(waiting("job-b", fast));
        assertThat(gateway.posts()).isEqualTo(3);
        assertUse("0.90", "0", "0");

        timer.advance(Duration.ofSeconds(30));

        assertThat(sent("job-a", "job-b")).containsExactly("job-a");
        assertUse("0.90", "0", "0");
    }

    @Test
    void aKeyThatIsRejectedHoldsUpNobodyElse() {
        pollsStayPending();
        submit(3);
        timer.advance(Duration.ofMillis(300));
        List.of("job-a", "job-b").forEach(id -> submit(waiting(id)));
        gateway.pollScript.add(TestGateway.status(401));
        timer.advance(Duration.ofMillis(4800));
        engine.spending().changeLimit("account:default/day", new BigDecimal("100"));
        gateway.submitScript.add(TestGateway.status(401));
        submit(order("probes the key"));

        timer.advance(Duration.ofSeconds(1));
        assertThat(List.of(job("job-a").state(), job("job-b").state())).as("they were held as well, and share the result")
                .containsOnly(JobState.REJECTED);
        submit(waiting("job-c"));
        timer.advance(Duration.ofSeconds(20));

        assertThat(sent("job-a", "job-b", "job-c")).containsExactly("job-c");
    }

    private void submitTagged(String jobId, VideoAccount account, String tag) {
        submit(VideoOrder.builder(jobId, account, VideoRequest.ofPrompt(jobId)).waiter(waiter).onBudget(VideoOrder.OnBudget.WAIT)
                .labels(new OrderLabels(null, tag, Map.of(), false, false)).build());
    }

    @Test
    void anAccountWithoutRoomHoldsUpNoOtherInABudgetOfBoth() {
        pollsStayPending();
        VideoAccount full = gateway.account("full", 1);
        VideoAccount other = gateway.account("other", 0);
        submitTagged("first", other, "shared");
        timer.advance(Duration.ofSeconds(1));
        submitTagged("waits-too", full, "shared");
        submitTagged("fills-it", full, null);
        submitTagged("waits", other, "shared");
        assertThat(sent("waits-too", "waits")).isEmpty();

        gateway.pollScript.add(TestGateway.status(400));
        timer.advance(Duration.ofSeconds(10));

        assertThat(job("first").state()).isEqualTo(JobState.FAILED);
        assertThat(sent("waits-too", "waits")).containsExactly("waits");
    }

    @Test
    void tagsTakeTurnsByTheirWeightsAndPrioritiesGoFirst() {
        pollsStayPending();
        submit(3);
        VideoAccount weighted = account(null, Map.of("acme", 2.0));
        String[] ids = {"acme-1", "acme-2", "acme-3", "acme-4", "other-1", "other-2"};
        for (String id : ids) {
            submit(VideoOrder.builder(id, weighted, VideoRequest.ofPrompt(id)).waiter(waiter).onBudget(VideoOrder.OnBudget.WAIT)
                    .labels(new OrderLabels(null, id.split("-")[0], Map.of(), false, false)).build());
        }
        engine.operations().prioritize("acme-4", 5);

        engine.spending().changeLimit("account:default/day", new BigDecimal("100"));
        timer.advance(Duration.ofSeconds(6));

        assertThat(sent(ids)).containsExactly("acme-4", "other-1", "acme-1", "acme-2", "other-2", "acme-3");
    }

    @Test
    void aRaisedLimitLetsThemGo() {
        pollsStayPending();
        submit(3);
        List<CompletableFuture<VideoJob>> jobs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            jobs.add(submit(waiting("waiting-" + i)));
        }

        engine.spending().changeLimit("account:default/day", new BigDecimal("100"));
        timer.advance(Duration.ofSeconds(6));

        assertThat(jobs).allMatch(CompletableFuture::isDone);
        String[] ids = IntStream.range(0, 20).mapToObj(i -> "waiting-" + i).toArray(String[]::new);
        assertThat(sent(ids)).containsExactly(ids);
    }

    @Test
    void aJobThatIsWithdrawnWhileItWaitsIsNeverSent() {
        pollsStayPending();
        submit(3);
        CompletableFuture<VideoJob> waiting = submit(waiting("job-a"));

        engine.detach(waiter);
        timer.advance(Duration.ofDays(2));

        assertThat(waiting).isCompletedExceptionally();
        assertThat(store.find("job-a")).isEmpty();
        assertThat(gateway.posts()).isEqualTo(3);
    }

    @Test
    void aJobThatNeverFitsDoesNotWait() {
        engine.spending().changeLimit("account:default/day", new BigDecimal("0.10"));

        assertThat(error(submit(waiting("job-a")))).isInstanceOf(SpendLimitException.class)
                .hasMessageContaining("It never fits in this budget");
    }

    private VideoAccount account(AccountCosts costs) {
        VideoAccount plain = gateway.account();
        return new VideoAccount(plain.name(), plain.provider(), plain.access(), null, null, null, null, 0, false, null, 1, costs, Map.of());
    }

    @Test
    void aJobThatIsTooDearIsRefused() {
        VideoAccount account = account(new AccountCosts(null, Cost.usd("0.29"), List.of()));

        assertThat(error(submit(order("job-1", "dear", null, account)))).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("maxJobCost=0.29 USD: the job may cost about 0.3 USD");
        assertThat(gateway.posts()).isZero();
    }

    @Test
    void aBudgetNeedsAPriceInItsUnit() {
        VideoAccount account = account(new AccountCosts(Cost.credits("12"), null, List.of()));

        assertThat(error(submit(order("job-1", "in credits", null, account)))).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("assumedCost: must say what such a job may cost, in USD, since the limit account:default/day is in"
                        + " that unit and the price is in credits");
        assertThat(gateway.posts()).isZero();
    }

    @Test
    void validateSaysWhetherThereIsRoomNow() {
        pollsStayPending();
        submit(3);

        assertThat(engine.validate(order("one more")).join().warnings()).extracting(Violation::toString)
                .containsExactly("budget=account:default/day: has 0 USD left until " + use().window().until()
                        + ": the job does not fit now");
    }

    @Test
    void oldRowsOfTheLedgerAreRemoved() {
        pollsStayPending();
        submit(1);
        SpendQuery all = new SpendQuery(Instant.EPOCH.plusSeconds(1), timer.now().plus(Duration.ofDays(99)), List.of(), ZoneOffset.UTC);
        assertThat(engine.spending().sums(all).join()).hasSize(1);

        timer.advance(Duration.ofDays(41));

        assertThat(engine.spending().sums(all).join()).isEmpty();
    }

    @Test
    void sumsAreThoseOfTheLedger() {
        submit(2);
        CompletableFuture<VideoJob> done = await("job-1", Duration.ofHours(1));
        timer.advance(Duration.ofMinutes(2));
        done.join();

        List<SpendSum> sums = engine.spending().sums(new SpendQuery(
                Instant.EPOCH, timer.now(), List.of(SpendQuery.By.MODEL), ZoneOffset.UTC)).join();

        assertThat(sums).singleElement().satisfies(sum -> {
            assertThat(sum.group()).containsEntry(SpendQuery.By.MODEL, "test-model");
            assertThat(sum.jobs()).isEqualTo(2);
            assertThat(sum.reported()).isEqualByComparingTo("0.50");
            assertThat(sum.reportedEstimate()).isEqualByComparingTo("0.60");
        });
    }
}
