// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.spend.SpendQuery;
import io.github.grokvideo.component.store.spend.SpendQuery.By;
import io.github.grokvideo.component.store.spend.TimesSum;
import org.junit.jupiter.api.Test;

/** What every store must tell those who show jobs: whether any has changed, which wait to be taken, and where the time of videos went. */
abstract class FollowedJobsContract extends SpendContract {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private String mark() {
        String mark = store().changeMark().orElseThrow();
        assertThat(mark).as("what the console takes").matches("[0-9A-Za-z:./+-]{1,100}");
        return mark;
    }

    private void add(String id) {
        store().insert(VideoJob.create(id, "default", "xai", NOON, job -> { }));
    }

    @Test
    void aMarkDiffersOnlyWhenAJobWasAddedOrChanged() {
        String empty = mark();
        assertThat(mark()).isEqualTo(empty);

        add("a");
        String added = mark();
        assertThat(added).isNotEqualTo(empty);
        assertThat(mark()).isEqualTo(added);

        store().update("a", job -> job.with(changes -> changes.progress(10)));
        String changed = mark();
        assertThat(changed).isNotEqualTo(added);
        store().update("a", job -> job);
        assertThat(mark()).as("nothing was changed").isEqualTo(changed);

        add("b");
        store().updateAll(List.of("a", "b"), job -> job.with(changes -> changes.progress(20)));
        assertThat(mark()).isNotEqualTo(changed);
    }

    @Test
    void jobsThatNobodyTakesAreCounted() {
        for (int minutes : new int[] {0, 1, 2}) {
            store().insert(VideoJob.create("job-" + minutes, "default", "xai", NOON, job -> job.state(JobState.DOWNLOADED).delivery(
                    new JobDelivery(JobDelivery.State.OFFERED, NOON.plus(Duration.ofMinutes(minutes)), 0))));
        }
        add("not offered");

        assertThat(store().countOffered(NOON.minusSeconds(1))).isZero();
        assertThat(store().countOffered(NOON.plus(Duration.ofMinutes(1)))).isEqualTo(2);
    }

    @Test
    void videosThatAnExchangeHasHadForLongAreCounted() {
        for (JobDelivery.State delivery : List.of(JobDelivery.State.ATTACHED, JobDelivery.State.DETACHED, JobDelivery.State.CLAIMED)) {
            store().insert(VideoJob.create(delivery.name(), "default", "xai", NOON, job -> job.state(JobState.DOWNLOADED)
                    .downloadedAt(NOON.plusSeconds(60)).delivery(new JobDelivery(delivery, null, 0))));
        }
        store().insert(VideoJob.create("delivered", "default", "xai", NOON, job -> job.state(JobState.DELIVERED).downloadedAt(NOON)));

        assertThat(store().countHeld(NOON)).isZero();
        assertThat(store().countHeld(NOON.plusSeconds(60))).isEqualTo(1);
        assertThat(store().listHeld(NOON, 5)).isEmpty();
        assertThat(store().listHeld(NOON.plusSeconds(60), 5)).extracting(VideoJob::id).containsExactly("ATTACHED");
    }

    @Test
    void jobsThatWaitLongAreListedOldestFirstUpToALimit() {
        for (int i : new int[] {2, 3, 1}) {
            store().insert(VideoJob.create("held-" + i, "default", "xai", NOON.plusSeconds(i), job -> job.state(JobState.DOWNLOADED)
                    .downloadedAt(NOON.plusSeconds(10 * (4 - i))).delivery(JobDelivery.ATTACHED)));
        }

        assertThat(store().listHeld(NOON.plusSeconds(20), 5)).as("the first came too late").extracting(VideoJob::id)
                .containsExactly("held-2", "held-3");
        assertThat(store().listHeld(NOON.plusSeconds(60), 2)).extracting(VideoJob::id).containsExactly("held-1", "held-2");
    }

    private static JobQuery after(String id, boolean descending) {
        return new JobQuery(Set.of(JobState.NEW), null, null, null, null, null, JobQuery.Sort.CREATED, descending, 0, 2, id);
    }

    @Test
    void jobsAfterAnotherAreCountedAndListed() {
        for (String id : List.of("a", "b", "c")) {
            add(id);
        }
        store().insert(VideoJob.create("0", "default", "xai", NOON.plusSeconds(1), job -> { }));
        store().insert(VideoJob.create("d", "default", "xai", NOON.minusSeconds(1), job -> { }));
        store().insert(VideoJob.create("e", "default", "xai", NOON.plusSeconds(1), job -> job.state(JobState.RUNNING)));

        assertThat(store().count(after("a", false))).as("whatever the size of a page").isEqualTo(3);
        assertThat(store().list(after("a", false))).extracting(VideoJob::id).containsExactly("b", "c");
        assertThat(store().count(after("c", true))).isEqualTo(3);
        assertThat(store().list(after("c", true))).extracting(VideoJob::id).containsExactly("b", "a");
        assertThat(store().count(after(null, false))).isEqualTo(5);
        assertThat(store().count(after("gone", false))).isZero();
    }

    /** Accepted after 1 s, open until 10 s, noticed after {@code lag} more and downloaded in {@code download}, in seconds. */
    private void come(String id, String tag, Instant created, int lag, int download) {
        Instant open = created.plusSeconds(10);
        store().insert(VideoJob.create(id, "default", "xai", created, job -> job.model("grok").tag(tag)
                .state(JobState.ACCEPTED).acceptedAt(created.plusSeconds(1))));
        store().update(id, job -> job.with(changes -> changes.state(JobState.RENDERED).renderedAt(open.plusSeconds(lag))
                .details(job.details().withOpenUntil(open))));
        store().update(id, job -> job.with(changes -> changes.state(JobState.DOWNLOADED).sha256("ab")
                .downloadedAt(open.plusSeconds(lag + download))));
    }

    private List<TimesSum> times(By... by) {
        return ledger().times(new SpendQuery(NOON, NOON.plus(Duration.ofHours(1)), List.of(by), ZoneOffset.UTC));
    }

    @Test
    void whereTheTimeOfVideosWentIsToldByMedians() {
        assertThat(times()).isEmpty();
        come("a", "one", NOON, 1, 2);
        come("b", "one", NOON, 3, 2);
        come("c", "one", NOON, 8, 3);
        come("d", null, NOON, 0, 100);
        come("too late", "one", NOON.plus(Duration.ofHours(1)), 0, 0);

        assertThat(times(By.TAG, By.ACCOUNT)).containsExactly(
                new TimesSum(Map.of(By.TAG, "one", By.ACCOUNT, "default"), 3, 1000, 9000L, 3000L, 2000L, 15_000, 20_400),
                new TimesSum(tagless(), 1, 1000, 9000L, 0L, 100_000L, 110_000, 110_000));
        assertThat(times()).containsExactly(new TimesSum(Map.of(), 4, 1000, 9000L, 2000L, 2500L, 18_000, 96_650));
        assertThat(times(By.DAY)).as("not separated by day").isEqualTo(times());
        assertThat(ledger().sums(new SpendQuery(NOON, NOON.plus(Duration.ofHours(1)), List.of(By.TAG), ZoneOffset.UTC)))
                .as("times are no costs").isEmpty();
    }

    private static Map<By, String> tagless() {
        Map<By, String> group = new java.util.HashMap<>(Map.of(By.ACCOUNT, "default"));
        group.put(By.TAG, null);
        return group;
    }

    @Test
    void aVideoCountsOnceAndThatOfAUrlWithoutDownload() {
        come("again", "t", NOON, 1, 2);
        store().update("again", job -> job.with(changes -> changes.state(JobState.RENDERED).downloadedAt(null)));
        store().update("again", job -> job.with(changes -> changes.state(JobState.DOWNLOADED).downloadedAt(NOON.plusSeconds(3000))));
        assertThat(times()).containsExactly(new TimesSum(Map.of(), 1, 1000, 9000L, 1000L, 2000L, 13_000, 13_000));

        store().insert(VideoJob.create("url", "default", "fal", NOON, job -> job.urlOnly(true).acceptedAt(NOON.plusSeconds(2))));
        store().update("url", job -> job.with(changes -> changes.state(JobState.RENDERED).renderedAt(NOON.plusSeconds(5))));
        assertThat(times(By.PROVIDER)).contains(new TimesSum(Map.of(By.PROVIDER, "fal"), 1, 2000, null, null, null, 5000, 5000));
    }

    @Test
    void aLagThatIsNotKnownCountsForTheTotalOnly() {
        come("a", "t", NOON, 1, 2);
        store().insert(VideoJob.create("seen at once", "default", "xai", NOON, job -> job.tag("t").acceptedAt(NOON.plusSeconds(3))));
        store().update("seen at once", job -> job.with(changes -> changes.state(JobState.DOWNLOADED).sha256("ab")
                .renderedAt(NOON.plusSeconds(100)).downloadedAt(NOON.plusSeconds(104))));

        assertThat(times()).containsExactly(new TimesSum(Map.of(), 2, 2000, 9000L, 1000L, 3000L, 58_500, 99_450));
    }

    @Test
    void timesAreRemovedWithTheRowsOfTheLedger() {
        come("a", "t", NOON, 1, 2);

        ledger().purge(NOON.plus(Duration.ofDays(1)));

        assertThat(times()).isEmpty();
        assertThat(ledger().sums(new SpendQuery(Instant.EPOCH, NOON.plus(Duration.ofDays(1)), List.of(), ZoneOffset.UTC))).isEmpty();
    }
}
