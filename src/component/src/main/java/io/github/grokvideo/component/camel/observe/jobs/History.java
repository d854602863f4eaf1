// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;

/** Activity of this node during the last day, in buckets of five minutes. Its memory is bounded. Thread-safe. */
public final class History implements JobObserver {

    public static final int BUCKET_SECONDS = 300;
    static final int MAX_HOURS = 24;
    private static final int BUCKETS = MAX_HOURS * 3600 / BUCKET_SECONDS;
    /** Waits kept for the percentiles of a bucket; if there are more, a random sample of this size. */
    private static final int SAMPLES = 512;

    /**
     * Five minutes.
     *
     * @param at            their beginning
     * @param submitted     jobs that gateways accepted
     * @param ended         jobs that ended, by the state they ended in; RENDERED for those of {@code output=url}
     * @param waitP50Millis null = no job's wait ended
     * @param waitP95Millis null = no job's wait ended
     * @param spend         by unit
     */
    public record Bucket(Instant at, int submitted, Map<JobState, Integer> ended, Long waitP50Millis, Long waitP95Millis,
            Map<String, BigDecimal> spend) {
    }

    private static final class Sums {
        private final long number;
        private int submitted;
        private final EnumMap<JobState, Integer> ended = new EnumMap<>(JobState.class);
        private int waited;
        private long[] waits = new long[0];
        private final Map<String, BigDecimal> spend = new TreeMap<>();

        private Sums(long number) {
            this.number = number;
        }

        private void addWait(Duration wait, RandomGenerator random) {
            int place = waited < SAMPLES ? waited : random.nextInt(waited + 1);
            waited++;
            if (place < SAMPLES) {
                if (place >= waits.length) {
                    waits = Arrays.copyOf(waits, Math.min(SAMPLES, Math.max(8, waits.length * 2)));
                }
                waits[place] = wait.toMillis();
            }
        }

        private Long percentile(double fraction) {
            int count = Math.min(waited, SAMPLES);
            if (count == 0) {
                return null;
            }
            long[] sorted = Arrays.copyOf(waits, count);
            Arrays.sort(sorted);
            return sorted[Math.max(0, (int) Math.ceil(fraction * count) - 1)];
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Sums[] ring = new Sums[BUCKETS];
    private final RandomGenerator random = new Random();

    @Override
    public void onChange(JobChange change) {
        boolean accepted = change.submitOutcome().filter(JobChange.SubmitOutcome.ACCEPTED::equals).isPresent();
        if (!accepted && !change.isEnd() && change.waited().isEmpty() && change.spent().isEmpty()) {
            return;
        }
        lock.lock();
        try {
            Sums sums = sums(change.at());
            sums.submitted += accepted ? 1 : 0;
            if (change.isEnd()) {
                sums.ended.merge(change.after().state(), 1, Integer::sum);
            }
            change.waited().ifPresent(wait -> sums.addWait(wait, random));
            change.spent().ifPresent(cost -> add(sums, cost));
        } finally {
            lock.unlock();
        }
    }

    private static void add(Sums sums, Cost cost) {
        sums.spend.merge(cost.unit(), cost.amount(), BigDecimal::add);
    }

    private Sums sums(Instant at) {
        long number = number(at);
        int place = (int) Math.floorMod(number, (long) BUCKETS);
        if (ring[place] == null || ring[place].number != number) {
            ring[place] = new Sums(number);
        }
        return ring[place];
    }

    private static long number(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), (long) BUCKET_SECONDS);
    }

    /** @return one bucket for each five minutes, the oldest first, including empty ones */
    public List<Bucket> last(int hours, Instant now) {
        if (hours < 1 || hours > MAX_HOURS) {
            throw new IllegalArgumentException("hours must be 1 to " + MAX_HOURS + ": " + hours);
        }
        long newest = number(now);
        List<Bucket> buckets = new ArrayList<>();
        lock.lock();
        try {
            for (long number = newest - (long) hours * 3600 / BUCKET_SECONDS + 1; number <= newest; number++) {
                Sums sums = ring[(int) Math.floorMod(number, (long) BUCKETS)];
                Instant at = Instant.ofEpochSecond(number * BUCKET_SECONDS);
                buckets.add(sums == null || sums.number != number ? new Bucket(at, 0, Map.of(), null, null, Map.of())
                        : new Bucket(at, sums.submitted, new EnumMap<>(sums.ended), sums.percentile(0.5), sums.percentile(0.95),
                                new TreeMap<>(sums.spend)));
            }
        } finally {
            lock.unlock();
        }
        return buckets;
    }
}
