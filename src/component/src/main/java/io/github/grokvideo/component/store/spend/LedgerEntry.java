// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.JobCharge;
import io.github.grokvideo.component.job.VideoJob;

/**
 * A row of the ledger: how a job's charge has changed. The sum of a job's rows is its charge.
 *
 * @param at               when it was written
 * @param countedAt        when the submit was reserved: the time for which it counts
 * @param kind             what happened
 * @param job              the job after the change
 * @param unit             unit of the amounts; null = the price is unknown
 * @param jobs             1 = one job more that costs something, -1 = one less, 0 = the same job again
 * @param reserved         change of what is reserved
 * @param estimated        change of what was spent without a report of the gateway
 * @param reported         change of what was spent as reported
 * @param reportedEstimate what the gateway's report replaces: the estimate of the same submit, or the report itself if there was none; 0 =
 *                         this is no report
 * @param times            of a TIMED row; null for all others
 */
public record LedgerEntry(
        Instant at, Instant countedAt, Kind kind, VideoJob job, String unit, int jobs, BigDecimal reserved, BigDecimal estimated,
        BigDecimal reported, BigDecimal reportedEstimate, VideoTimes times) {

    /** What a row of the ledger says. */
    public enum Kind {
        /** A submit was about to be sent. */
        RESERVED,
        /** It has cost something. */
        SETTLED,
        /** It has cost nothing. */
        RELEASED,
        /** The amount became known later, or was reported differently. */
        CORRECTED,
        /** The video has come: the row has no amounts, but the times of the video. */
        TIMED
    }

    /**
     * The rows of a change.
     *
     * @param  before the job as stored; null = it is new
     * @param  after  the job as it will be stored
     * @return        empty = its charge is the same, and no video has come
     */
    public static List<LedgerEntry> between(VideoJob before, VideoJob after) {
        List<LedgerEntry> entries = new ArrayList<>(charges(before, after));
        VideoTimes.between(before, after).ifPresent(times -> entries.add(timed(after, times)));
        return entries;
    }

    private static LedgerEntry timed(VideoJob job, VideoTimes times) {
        return new LedgerEntry(job.videoAt(), job.videoAt(), Kind.TIMED, job, null, 0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO,
                BigDecimal.ZERO, times);
    }

    private static List<LedgerEntry> charges(VideoJob before, VideoJob after) {
        JobCharge old = before == null ? null : before.details().charge();
        JobCharge now = after.details().charge();
        if (now == null || now.equals(old)) {
            return List.of();
        }
        if (old == null || Objects.equals(old.unit(), now.unit())) {
            return List.of(entry(after, kind(old, now), now, now.unit(), old, now));
        }
        return Stream.of(entry(after, kind(old, now), now, old.unit(), old, null), entry(after, kind(old, now), now, now.unit(), null, now))
                .toList();
    }

    private static LedgerEntry entry(VideoJob job, Kind kind, JobCharge when, String unit, JobCharge old, JobCharge now) {
        BigDecimal reported = reported(now).subtract(reported(old));
        boolean first = reported(old).signum() == 0 && reported.signum() != 0;
        BigDecimal expected = now == null || now.estimate() == null ? reported : now.estimate();
        return new LedgerEntry(when.changedAt(), when.at(), kind, job, unit, jobs(now) - jobs(old), reserved(now).subtract(reserved(old)),
                estimated(now).subtract(estimated(old)), reported, first ? expected : BigDecimal.ZERO, null);
    }

    private static Kind kind(JobCharge old, JobCharge now) {
        if (now.state() == JobCharge.State.OPEN) {
            return Kind.RESERVED;
        }
        if (old != null && old.state() != JobCharge.State.OPEN) {
            return Kind.CORRECTED;
        }
        return now.state() == JobCharge.State.RELEASED ? Kind.RELEASED : Kind.SETTLED;
    }

    private static int jobs(JobCharge charge) {
        return charge == null || charge.state() == JobCharge.State.RELEASED ? 0 : 1;
    }

    private static BigDecimal reserved(JobCharge charge) {
        return charge == null ? BigDecimal.ZERO : charge.reserved();
    }

    private static BigDecimal estimated(JobCharge charge) {
        return charge == null ? BigDecimal.ZERO : charge.estimated();
    }

    private static BigDecimal reported(JobCharge charge) {
        return charge == null ? BigDecimal.ZERO : charge.reported();
    }

    /** @return whether budgets must have room for it: what was spent counts even beyond their limits */
    public boolean takes() {
        return kind == Kind.RESERVED && total().signum() > 0;
    }

    /**
     * What it adds to the use of a budget.
     *
     * @return negative = it frees something
     */
    public BigDecimal total() {
        return reserved.add(estimated).add(reported);
    }
}
