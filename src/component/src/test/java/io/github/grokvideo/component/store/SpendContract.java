// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.SpendLimitException;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobCharge;
import io.github.grokvideo.component.job.JobFields;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.SpendLedger;
import io.github.grokvideo.component.store.spend.SpendQuery;
import io.github.grokvideo.component.store.spend.SpendQuery.By;
import io.github.grokvideo.component.store.spend.SpendSum;
import org.junit.jupiter.api.Test;

/** What every store must do with what jobs cost. */
abstract class SpendContract {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Cost ESTIMATE = Cost.usd("0.30").asEstimate();

    protected abstract JobStore store();

    final SpendLedger ledger() {
        return store().ledger().orElseThrow();
    }

    private static Budgets budgets(Budget... budgets) {
        return new Budgets(List.of(budgets), ZoneOffset.UTC);
    }

    private static Budget day(String usd) {
        return new Budget(Budget.Scope.ACCOUNT, "default", Budget.Period.DAY, Cost.usd(usd));
    }

    private VideoJob put(String id, Consumer<JobFields> fields) {
        return store().insert(VideoJob.create(id, "default", "xai", NOON, changes -> {
            changes.model("grok-imagine-video").cost(ESTIMATE);
            fields.accept(changes);
        }));
    }

    private JobCharge charge(String id) {
        return store().find(id).orElseThrow().details().charge();
    }

    private void charge(String id, JobCharge charge, Budgets budgets) {
        store().update(id, job -> job.with(changes -> changes.details(job.details().withCharge(charge))), budgets).orElseThrow();
    }

    private void reserve(String id, Cost estimate, Instant at, Budgets budgets) {
        charge(id, JobCharge.reserved(charge(id), estimate, at), budgets);
    }

    private void submit(String id, Instant at, Budgets budgets) {
        put(id, changes -> { });
        reserve(id, ESTIMATE, at, budgets);
    }

    /** An adopted task whose cost the gateway does not report, or a job that an earlier version submitted. */
    @Test
    void theVideoOfAJobWithoutAChargeIsStoredAndCountsInNoBudget() {
        put("adopted", changes -> changes.acceptedAt(NOON));

        store().update("adopted", job -> job.with(changes -> changes.state(JobState.DOWNLOADED).renderedAt(NOON.plusSeconds(10))
                .downloadedAt(NOON.plusSeconds(11))), budgets(day("1"))).orElseThrow();

        assertThat(store().find("adopted").orElseThrow().state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(sums()).isEmpty();
    }

    private List<SpendSum> sums(By... by) {
        return ledger().sums(new SpendQuery(NOON.minus(Duration.ofDays(400)), NOON.plus(Duration.ofDays(400)), List.of(by),
                ZoneOffset.UTC));
    }

    private static SpendSum sum(Map<By, String> group, long jobs, String reserved, String estimated, String reported, String expected) {
        return new SpendSum(group, Cost.USD, jobs, new BigDecimal(reserved), new BigDecimal(estimated), new BigDecimal(reported),
                new BigDecimal(expected));
    }

    private void assertSums(List<SpendSum> sums, SpendSum... expected) {
        assertThat(sums).usingRecursiveFieldByFieldElementComparator(
                org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration.builder()
                        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class).build())
                .containsExactly(expected);
    }

    private BudgetUse use(Budgets budgets, Instant at) {
        return ledger().uses(budgets.windows("default", null, at)).get(0);
    }

    private void assertUse(BudgetUse use, String reserved, String estimated, String reported) {
        assertThat(List.of(use.reserved(), use.estimated(), use.reported())).usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal(reserved), new BigDecimal(estimated), new BigDecimal(reported));
    }

    @Test
    void whatIsReservedIsSettledReleasedOrCorrected() {
        Budgets budgets = budgets(day("100"));
        for (String id : List.of("reported", "estimated", "released", "open", "corrected")) {
            submit(id, NOON, budgets);
        }
        assertUse(use(budgets, NOON), "1.50", "0", "0");

        charge("reported", charge("reported").settled(Cost.usd("0.25"), NOON), budgets);
        charge("estimated", charge("estimated").settled(null, NOON), budgets);
        charge("released", charge("released").released(NOON), budgets);
        charge("corrected", charge("corrected").settled(null, NOON), budgets);
        charge("corrected", charge("corrected").settled(Cost.usd("0.20"), NOON), budgets);

        assertUse(use(budgets, NOON), "0.30", "0.30", "0.45");
        assertSums(sums(), sum(Map.of(), 4, "0.30", "0.30", "0.45", "0.60"));
        assertThat(sums().get(0).difference()).isEqualByComparingTo("-0.15");
    }

    @Test
    void aChargeIsStoredWithItsJob() {
        submit("job", NOON, Budgets.NONE);

        assertThat(charge("job")).isEqualTo(new JobCharge(
                JobCharge.State.OPEN, Cost.USD, new BigDecimal("0.30"), new BigDecimal("0.30"), null, null, NOON, NOON));
    }

    @Test
    void aFullBudgetRefusesAndChangesNothing() {
        Budgets budgets = budgets(day("0.60"));
        submit("a", NOON, budgets);
        submit("b", NOON, budgets);
        VideoJob before = put("c", changes -> { });

        assertThatThrownBy(() -> reserve("c", ESTIMATE, NOON, budgets)).isInstanceOfSatisfying(SpendLimitException.class, full -> {
            assertThat(full.getCharged()).isEqualTo(Charged.NO);
            assertThat(full.getJobId()).isEqualTo("c");
            assertThat(full.getMessage()).contains("The budget account:default/day has no room: it may cost about 0.3 USD, the limit is"
                    + " 0.6 USD, of which 0 are spent as reported, 0 as estimated and 0.6 reserved. It renews at 2026-11-29T00:00:00Z");
        });

        assertThat(store().find("c")).contains(before);
        assertUse(use(budgets, NOON), "0.60", "0", "0");
        reserve("c", ESTIMATE, NOON.plus(Duration.ofDays(1)), budgets);
        assertUse(use(budgets, NOON.plus(Duration.ofDays(1))), "0.30", "0", "0");
    }

    @Test
    void whatIsSpentIsCountedEvenBeyondTheLimit() {
        Budgets budgets = budgets(day("0.30"));
        submit("a", NOON, budgets);

        charge("a", charge("a").settled(Cost.usd("0.90"), NOON), budgets);

        assertUse(use(budgets, NOON), "0", "0", "0.90");
        assertThat(use(budgets, NOON).left()).isEqualByComparingTo("-0.60");
    }

    @Test
    void severalBudgetsHoldTogether() {
        Budgets budgets = budgets(day("100"), new Budget(Budget.Scope.STORE, null, Budget.Period.TOTAL, Cost.usd("0.50")),
                new Budget(Budget.Scope.TAG, Budget.EACH, Budget.Period.MONTH, Cost.usd("0.30")),
                new Budget(Budget.Scope.TAG, "rich", Budget.Period.MONTH, Cost.usd("10")));
        put("acme", job -> job.tag("acme"));
        reserve("acme", ESTIMATE, NOON, budgets);
        put("acme 2", job -> job.tag("acme"));
        put("other", job -> job.tag("other"));
        put("rich", job -> job.tag("rich"));

        assertThatThrownBy(() -> reserve("other", ESTIMATE, NOON, budgets)).hasMessageContaining("store/total")
                .hasMessageContaining("does not renew");

        Budget total = new Budget(Budget.Scope.STORE, null, Budget.Period.TOTAL, Cost.usd("0.50"));
        ledger().changeLimit(total, new BigDecimal("4"));
        ledger().changeLimit(total, new BigDecimal("5"));
        reserve("other", ESTIMATE, NOON, budgets);
        reserve("rich", ESTIMATE, NOON, budgets);
        assertThatThrownBy(() -> reserve("acme 2", ESTIMATE, NOON, budgets)).hasMessageContaining("tag:acme/month");
        assertThat(ledger().current(budgets, NOON)).extracting(use -> use.window().name() + " " + use.total().stripTrailingZeros())
                .containsExactly("account:default/day 0.9", "store/total 0.9", "tag:acme/month 0.3", "tag:other/month 0.3",
                        "tag:rich/month 0.3");
        assertThat(use(budgets(total), NOON).limit()).isEqualByComparingTo("5");
        assertThat(use(budgets(new Budget(Budget.Scope.STORE, null, Budget.Period.TOTAL, Cost.credits("7"))), NOON)).satisfies(use -> {
            assertThat(use.limit()).as("of another unit").isEqualByComparingTo("7");
            assertThat(use.total()).isZero();
        });

        ledger().changeLimit(total, null);
        assertThat(use(budgets(new Budget(Budget.Scope.STORE, null, Budget.Period.TOTAL, Cost.usd("0.50"))), NOON).limit())
                .isEqualByComparingTo("0.50");
    }

    @Test
    void aNewBudgetCountsWhatWasSpentBefore() {
        submit("a", NOON, Budgets.NONE);
        submit("b", NOON.minus(Duration.ofDays(1)), Budgets.NONE);
        charge("a", charge("a").settled(Cost.usd("0.25"), NOON), Budgets.NONE);
        Budgets budgets = budgets(day("0.50"));
        put("c", changes -> { });

        assertThatThrownBy(() -> reserve("c", ESTIMATE, NOON, budgets)).hasMessageContaining("of which 0.25 are spent as reported");

        assertUse(use(budgets, NOON), "0", "0", "0.25");
        assertUse(use(budgets, NOON.minus(Duration.ofDays(1))), "0.30", "0", "0");
    }

    @Test
    void whatAnEngineWithoutTheBudgetHasSpentIsRecounted() {
        Budgets budgets = budgets(day("0.60"), new Budget(Budget.Scope.TAG, Budget.EACH, Budget.Period.TOTAL, Cost.usd("9")));
        submit("a", NOON, budgets);
        put("tagged", job -> job.tag("acme"));
        reserve("tagged", ESTIMATE, NOON.minus(Duration.ofDays(1)), budgets);
        put("also tagged", job -> job.tag("acme"));
        reserve("also tagged", ESTIMATE, NOON.minus(Duration.ofDays(2)), Budgets.NONE);
        submit("b", NOON, Budgets.NONE);
        charge("a", charge("a").settled(Cost.usd("0.25"), NOON), Budgets.NONE);
        charge("tagged", charge("tagged").settled(Cost.usd("0.20"), NOON), Budgets.NONE);

        ledger().recount(budgets, NOON);

        List<BudgetUse> uses = ledger().current(budgets, NOON);
        assertThat(uses).extracting(use -> use.window().name()).containsExactly("account:default/day", "tag:acme/total");
        assertUse(uses.get(0), "0.30", "0", "0.25");
        assertUse(uses.get(1), "0.30", "0", "0.20");
        put("c", changes -> { });
        assertThatThrownBy(() -> reserve("c", ESTIMATE, NOON, budgets)).isInstanceOf(SpendLimitException.class);
    }

    @Test
    void aBudgetOfATagIsNotUsedByReadingIt() {
        Budgets budgets = budgets(day("9"), new Budget(Budget.Scope.TAG, Budget.EACH, Budget.Period.DAY, Cost.usd("9")));
        put("a", job -> job.tag("acme"));
        reserve("a", ESTIMATE, NOON, Budgets.NONE);

        List<BudgetUse> uses = ledger().uses(budgets.windows("default", "acme", NOON));

        assertThat(uses).hasSize(2).allSatisfy(use -> assertUse(use, "0.30", "0", "0"));
        assertThat(ledger().current(budgets, NOON)).extracting(use -> use.window().name()).containsExactly("account:default/day");
    }

    @Test
    void aLimitOfSingleJobsHasNoUse() {
        Budgets budgets = budgets(day("9"), new Budget(Budget.Scope.STORE, null, Budget.Period.JOB, Cost.usd("0.10")));

        submit("a", NOON, budgets);

        assertThat(ledger().current(budgets, NOON)).extracting(use -> use.window().name()).containsExactly("account:default/day");
        assertThat(budgets.named("store/job")).isEmpty();
    }

    @Test
    void aDayBeginsWhenItsDateDoes() {
        // The clock goes from 01:00 back to 00:00: midnight comes twice.
        Budgets azores = new Budgets(List.of(day("0.30")), ZoneId.of("Atlantic/Azores"));
        submit("a", Instant.parse("2026-10-25T00:30:00Z"), azores);
        put("b", changes -> { });

        assertThatThrownBy(() -> reserve("b", ESTIMATE, Instant.parse("2026-10-25T01:30:00Z"), azores))
                .isInstanceOf(SpendLimitException.class);
    }

    @Test
    void manyAtOnceReserveNoMoreThanThereIs() throws Exception {
        Budgets budgets = budgets(day("3.00"), new Budget(Budget.Scope.STORE, null, Budget.Period.HOUR, Cost.usd("100")));
        List<String> ids = IntStream.range(0, 40).mapToObj(i -> put("job-" + i, changes -> { }).id()).toList();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> calls = ids.stream().map(id -> callers.submit(() -> {
                try {
                    reserve(id, ESTIMATE, NOON, budgets);
                    return true;
                } catch (SpendLimitException full) {
                    return false;
                }
            })).toList();
            int reserved = 0;
            for (Future<Boolean> call : calls) {
                reserved += call.get() ? 1 : 0;
            }
            assertThat(reserved).isEqualTo(10);
        } finally {
            callers.shutdownNow();
        }
        assertUse(use(budgets, NOON), "3.00", "0", "0");
        assertSums(sums(), sum(Map.of(), 10, "3.00", "0", "0", "0"));
    }

    @Test
    void changesOfManyKeepTheLedger() {
        Budgets budgets = budgets(day("100"));
        submit("a", NOON, budgets);
        submit("b", NOON, budgets);
        put("c", changes -> { });

        store().updateAll(List.of("a", "b", "c"), job -> job.details().charge() == null ? job.with(changes -> changes.polls(1))
                : job.with(changes -> changes.details(job.details().withCharge(job.details().charge().released(NOON)))), budgets);

        assertUse(use(budgets, NOON), "0", "0", "0");
        assertThat(sums()).isEmpty();
        assertThat(store().find("c").orElseThrow().polls()).isEqualTo(1);
    }

    @Test
    void sumsAreSeparatedByWhatIsAskedFor() {
        put("a", job -> job.tag("acme"));
        reserve("a", ESTIMATE, Instant.parse("2026-11-27T23:30:00Z"), Budgets.NONE);
        put("b", job -> job.tag(null).model("other"));
        reserve("b", ESTIMATE, Instant.parse("2026-11-28T00:30:00Z"), Budgets.NONE);
        put("c", job -> job.tag("acme"));
        reserve("c", null, NOON, Budgets.NONE);

        assertSums(sums(By.DAY).stream().filter(sum -> sum.unit() != null).toList(),
                sum(Map.of(By.DAY, "2026-11-27"), 1, "0.30", "0", "0", "0"),
                sum(Map.of(By.DAY, "2026-11-28"), 1, "0.30", "0", "0", "0"));
        assertSums(ledger().sums(new SpendQuery(NOON.minus(Duration.ofDays(3)), NOON, List.of(By.DAY, By.ACCOUNT, By.PROVIDER),
                ZoneId.of("Europe/Berlin"))), sum(Map.of(
                By.DAY, "2026-11-28", By.ACCOUNT, "default", By.PROVIDER, "xai"), 2, "0.60", "0", "0", "0"));
        assertThat(sums(By.TAG, By.MODEL)).extracting(sum -> sum.group() + " " + sum.unit() + " " + sum.jobs()).containsExactly(
                "{TAG=acme, MODEL=grok-imagine-video} USD 1", "{TAG=acme, MODEL=grok-imagine-video} null 1",
                "{TAG=null, MODEL=other} USD 1");
        assertThat(ledger().sums(new SpendQuery(NOON, NOON.plusSeconds(1), List.of(), ZoneOffset.UTC)))
                .extracting(SpendSum::unit, SpendSum::jobs).containsExactly(org.assertj.core.groups.Tuple.tuple(null, 1L));
    }

    @Test
    void aPriceThatBecomesKnownIsCountedOnce() {
        put("a", job -> job.cost(null));
        reserve("a", null, NOON, Budgets.NONE);

        charge("a", charge("a").settled(Cost.usd("0.45"), NOON), Budgets.NONE);

        assertSums(sums(), sum(Map.of(), 1, "0", "0", "0.45", "0.45"));
        assertThat(sums().get(0).difference()).as("nothing was expected").isZero();
    }

    @Test
    void oldRowsAreRemovedAndBudgetsThatNeverRenewKeepWhatTheyCounted() {
        Budgets budgets = budgets(new Budget(Budget.Scope.STORE, null, Budget.Period.TOTAL, Cost.usd("10")));
        submit("a", NOON.minus(Duration.ofDays(30)), budgets);
        submit("b", NOON, budgets);

        assertThat(ledger().purge(NOON.minus(Duration.ofDays(1)))).isEqualTo(1);

        assertSums(sums(), sum(Map.of(), 1, "0.30", "0", "0", "0"));
        assertUse(use(budgets, NOON), "0.60", "0", "0");
        ledger().recount(budgets, NOON);
        assertUse(use(budgets, NOON), "0.60", "0", "0");
    }
}
