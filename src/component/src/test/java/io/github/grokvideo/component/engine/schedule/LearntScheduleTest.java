// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import io.github.grokvideo.component.engine.schedule.RenderTimes.Interval;
import io.github.grokvideo.component.engine.schedule.SimulatedJobs.Cost;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is gained by learning, in simulated time: queries of a job times seconds of lag, on average. */
class LearntScheduleTest {

    private static final int JOBS = 4_000;
    private static final int TIMES = 5;

    /** After 500 jobs. */
    private static Cost learnt(SimulatedJobs jobs) {
        return mean(schedule -> {
            jobs.run(500, schedule, true);
            return jobs.run(JOBS, schedule, false);
        });
    }

    /** The mean of several times, since what is learnt depends on chance. */
    private static Cost mean(Function<LearntSchedule, Cost> run) {
        double queries = 0;
        double lag = 0;
        for (int time = 0; time < TIMES; time++) {
            Cost cost = run.apply(new LearntSchedule(false));
            queries += cost.queries() / TIMES;
            lag += cost.lag() / TIMES;
        }
        return new Cost(queries, lag);
    }

    private static SimulatedJobs jobs(RenderDistribution distribution) {
        return new SimulatedJobs(distribution, (age, end) -> null);
    }

    @ParameterizedTest
    @EnumSource(value = RenderDistribution.class, mode = EnumSource.Mode.EXCLUDE, names = "CONSTANT")
    void comesCloseToTheBestThatIsPossible(RenderDistribution distribution) {
        Cost now = jobs(distribution).run(JOBS, new LearntSchedule(false), false);
        Cost best = BestPossible.of(distribution, now.queries());
        Cost learnt = learnt(jobs(distribution));

        assertThat(learnt.product()).isLessThan(best.product() * 1.15).isLessThan(now.product());
        assertThat(learnt.queries()).as("no more queries than without learning").isLessThan(now.queries() * 1.02);
    }

    /** While the first jobs run, only the short ones have ended. */
    @ParameterizedTest
    @EnumSource(RenderDistribution.class)
    void theFirstJobsTakeNoMoreQueriesThanWithoutLearning(RenderDistribution distribution) {
        Cost unlearnt = jobs(distribution).run(JOBS, new LearntSchedule(false), false);
        SimulatedJobs jobs = jobs(distribution);
        Cost first = mean(schedule -> jobs.wave(500, schedule));

        assertThat(first.queries()).isLessThan(unlearnt.queries() * 1.05);
        assertThat(first.product()).isLessThan(unlearnt.product() * 1.02);
    }

    @Test
    void aTimeThatNeverChangesIsMet() {
        Cost learnt = learnt(jobs(RenderDistribution.CONSTANT));

        assertThat(learnt.queries()).isLessThanOrEqualTo(3);
        assertThat(learnt.lag()).isLessThan(0.5);
    }

    /** Whole percents, rounded down or to the nearest. */
    @ParameterizedTest
    @EnumSource(RenderDistribution.class)
    void progressThatIsRightIsUsed(RenderDistribution distribution) {
        SimulatedJobs down = new SimulatedJobs(distribution, (age, end) -> (int) (100 * age / end));
        SimulatedJobs nearest = new SimulatedJobs(distribution, (age, end) -> (int) Math.round(99 * age / end));

        assertThat(learnt(down).product()).isLessThan(7).isLessThan(down.run(JOBS, new LearntSchedule(false), false).product());
        assertThat(learnt(nearest).product()).isLessThan(7);
    }

    @Test
    void theGoalWithProgress() {
        assertThat(learnt(new SimulatedJobs(RenderDistribution.LOGNORMAL, (age, end) -> (int) (100 * age / end))).product())
                .isLessThan(3.3);
    }

    /** A bar that stands still at 50 %, and one that jumps to 99 % before the end. */
    @ParameterizedTest
    @EnumSource(value = RenderDistribution.class, names = {"LOGNORMAL", "BIMODAL", "SLOW_LOGNORMAL"})
    void progressThatTellsNothingIsNotTrusted(RenderDistribution distribution) {
        double without = learnt(jobs(distribution)).product();

        assertThat(learnt(new SimulatedJobs(distribution, (age, end) -> 50)).product()).isLessThan(without * 1.1);
        assertThat(learnt(new SimulatedJobs(distribution, (age, end) -> age < end * 0.9 ? 0 : 99)).product()).isLessThan(without * 1.1);
    }

    @Test
    void aJobThatTakesLongerThanAllOthersIsAskedEverMoreRarely() {
        LearntSchedule schedule = new LearntSchedule(false);
        jobs(RenderDistribution.LOGNORMAL).run(500, schedule, true);
        PollSchedule wide = new PollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMinutes(10));

        Duration soon = schedule.next(JobProgress.none().open(Duration.ofMinutes(2), null), Duration.ofMinutes(2), wide, 1).orElseThrow();
        Duration late = schedule.next(JobProgress.none().open(Duration.ofHours(1), null), Duration.ofHours(1), wide, 1).orElseThrow();

        assertThat(soon).isGreaterThan(Duration.ofSeconds(5));
        assertThat(late).isGreaterThan(soon).isLessThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(schedule.next(JobProgress.none(), Duration.ofHours(5), wide, 1)).as("the plan has ended").isEmpty();
    }

    @Test
    void eagernessBuysLessLagWithMoreQueries() {
        RenderTimes times = RenderTimes.none();
        Random random = new Random(3);
        for (int job = 0; job < 500; job++) {
            Duration end = Duration.ofMillis((long) (RenderDistribution.SLOW_LOGNORMAL.next(random) * 1000));
            double[] open = new double[RenderTimes.BUCKETS];
            Interval.of(Duration.ZERO, end).addOpen(open);
            times = times.with(open, List.of(Interval.of(end, end)));
        }
        double usual = SimulatedJobs.BOUNDS.queriesUnlearnt(times);
        PollPlan sparing = PollPlan.of(times, SimulatedJobs.BOUNDS, usual * 0.25);
        PollPlan plain = PollPlan.of(times, SimulatedJobs.BOUNDS, usual * 0.5);

        assertThat(sparing.queries()).isLessThanOrEqualTo(usual * 0.25);
        assertThat(plain.queries()).isBetween(usual * 0.4, usual * 0.5);
        assertThat(sparing.price()).isGreaterThan(plain.price());
    }

    @Test
    void whatIsStoredIsWhatWasLearnt() {
        LearntSchedule schedule = new LearntSchedule(true);
        jobs(RenderDistribution.LOGNORMAL).wave(500, schedule);
        LearntSchedule other = new LearntSchedule(true);
        other.renew(schedule.added(null), false);

        assertThat(jobs(RenderDistribution.LOGNORMAL).run(JOBS, other, false).product())
                .isCloseTo(jobs(RenderDistribution.LOGNORMAL).run(JOBS, schedule, false).product(), Percentage.withPercentage(5));
    }

    @Test
    void nothingIsSaidBeforeEnoughIsKnown() {
        LearntSchedule schedule = new LearntSchedule(false);
        jobs(RenderDistribution.LOGNORMAL).run(19, schedule, true);

        assertThat(schedule.next(JobProgress.none(), Duration.ZERO, SimulatedJobs.BOUNDS, 1)).isEmpty();
    }

    @Test
    void theBoundsHold() {
        LearntSchedule schedule = new LearntSchedule(false);
        jobs(RenderDistribution.SLOW_LOGNORMAL).run(500, schedule, true);
        PollSchedule narrow = new PollSchedule(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(12));

        for (int age = 0; age < 600; age += 7) {
            assertThat(schedule.next(JobProgress.none(), Duration.ofSeconds(age), narrow, 1).orElseThrow())
                    .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
        }
    }
}
