// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.store.LearntRows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was learnt about each kind of job. It is read from the store when a kind is first met, and exchanged with it every minute, so that
 * all nodes learn from all jobs. Thread-safe.
 */
public final class RenderHistories {

    private static final Logger LOG = LoggerFactory.getLogger(RenderHistories.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** More kinds than any installation has: about 20 KB each. Beyond that, unused ones would have to be forgotten. */
    private static final int MAX_KINDS = 500;
    private static final String SEPARATOR = "|";
    /** Seconds: the lengths that the gateways' prices and render times follow. */
    private static final int[] LENGTHS = {5, 10, 15, 30};

    private final Map<String, LearntSchedule> kinds = new ConcurrentHashMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final ReentrantLock exchanging = new ReentrantLock();
    /** null = the store keeps nothing: each engine learns anew. */
    private final LearntRows rows;
    private final JobTimer timer;
    private final Executor work;
    /** An exchange is about to begin: further new kinds are read with it, and hold no thread while the store is slow. */
    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile boolean away;

    /** @param rows null = learn for the life of this engine only */
    public RenderHistories(LearntRows rows, JobTimer timer, Executor work) {
        this.rows = rows;
        this.timer = timer;
        this.work = work;
    }

    public void start() {
        if (rows != null) {
            again();
        }
    }

    /** Stores what was learnt last, unless the store is away. Blocks as long as the store does. */
    public void stop() {
        stopped = true;
        if (!away) {
            exchange();
        }
    }

    /** @return what is known about jobs of this kind; it may be read from the store a little later */
    public LearntSchedule of(VideoJob job) {
        String kind = kind(job);
        used.add(kind);
        LearntSchedule known = kinds.get(kind);
        if (known != null) {
            return known;
        }
        if (kinds.size() >= MAX_KINDS) {
            return new LearntSchedule(false);
        }
        LearntSchedule learnt = kinds.computeIfAbsent(kind, unknown -> new LearntSchedule(rows != null));
        if (rows != null && !stopped && requested.compareAndSet(false, true)) {
            work.execute(() -> {
                requested.set(false);
                exchange();
            });
        }
        return learnt;
    }

    private static String kind(VideoJob job) {
        VideoRequest request = job.request();
        return String.join(SEPARATOR, job.account(), job.provider(), String.valueOf(job.model()),
                request == null || job.mode() == null ? "" : job.mode().name(),
                request == null ? "" : length(request.duration()), request == null ? "" : String.valueOf(request.resolution()));
    }

    private static String length(Integer seconds) {
        if (seconds == null) {
            return "";
        }
        for (int length : LENGTHS) {
            if (seconds <= length) {
                return "<=" + length;
            }
        }
        return ">" + LENGTHS[LENGTHS.length - 1];
    }

    private void again() {
        timer.schedule(PAUSE, () -> {
            if (!stopped) {
                work.execute(() -> {
                    exchange();
                    again();
                });
            }
        });
    }

    /** What was not stored because the store is away, or because another node was faster, is stored the next time. */
    private void exchange() {
        if (rows == null) {
            return;
        }
        exchanging.lock();
        try {
            Set<String> now = new HashSet<>(used);
            used.removeAll(now);
            now.retainAll(kinds.keySet());
            kinds.forEach((kind, learnt) -> {
                if (learnt.hasNews()) {
                    now.add(kind);
                }
            });
            if (now.isEmpty()) {
                return;
            }
            Map<String, LearntRows.Row> stored = rows.find(now).stream()
                    .collect(Collectors.toMap(LearntRows.Row::kind, Function.identity(), (one, same) -> one));
            now.forEach(kind -> exchange(kind, stored.get(kind)));
            away = false;
        } catch (RuntimeException failure) {
            if (!away) {
                LOG.warn("What was learnt about the times of jobs is not exchanged with the store now: {}. It is tried every minute",
                        failure.toString());
            }
            away = true;
        } finally {
            exchanging.unlock();
        }
    }

    /** @param row null = it is not stored yet */
    private void exchange(String kind, LearntRows.Row row) {
        LearntSchedule learnt = kinds.get(kind);
        String added = learnt.added(row == null ? null : row.content());
        boolean stored = added != null && rows.put(new LearntRows.Row(kind, added, row == null ? 0 : row.revision()));
        if (stored) {
            learnt.renew(added, true);
        } else if (row != null) {
            learnt.renew(row.content(), false);
        }
    }
}
