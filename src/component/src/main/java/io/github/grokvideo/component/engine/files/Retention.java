// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.files;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.PlainDuration;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Expires undelivered videos, and removes jobs that ended long ago. */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration ROUND = Duration.ofMinutes(10);
    private static final int MAX_PER_SWEEP = 10_000;

    private final JobBook book;
    private final JobWaiters waiters;
    private final JobTimer timer;
    private final Executor work;
    private final EngineSettings settings;
    private final LeftoverFiles strays;
    private final boolean alone;
    private JobTimer.Cancellable next = () -> { };

    /** @param alone whether no other engine can use the store */
    public Retention(EngineParts parts, LeftoverFiles strays, boolean alone) {
        this.strays = strays;
        this.alone = alone;
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.timer = parts.timer();
        this.work = parts.work();
        this.settings = parts.settings();
    }

    public void start() {
        work.execute(this::tidyUp);
        schedule();
    }

    private void tidyUp() {
        try {
            strays.clear(timer.now(), timer.machineNow(), alone);
        } catch (RuntimeException away) {
            LOG.warn("The work directory could not be cleaned up; retrying later: {}", away.toString());
        }
    }

    private void schedule() {
        next = timer.schedule(ROUND, () -> work.execute(this::round));
    }

    public void stop() {
        next.cancel();
    }

    private void round() {
        try {
            sweep(timer.now());
        } catch (RuntimeException e) {
            LOG.warn("Old jobs could not be removed; retrying later: {}", e.toString());
        } finally {
            schedule();
        }
    }

    private void sweep(Instant now) {
        // First: without its row, nothing tells which job a file belongs to.
        strays.clear(now, timer.machineNow(), alone);
        book.store().ledger().ifPresent(ledger -> ledger.purge(now.minus(settings.spending().keepLedger())));
        forget(now.minus(settings.keepJobs()), false, now);
        forget(now.minus(settings.keepKeys()), true, now);
        for (VideoJob job : book.store().listUndelivered(now.minus(settings.keepUndelivered()), MAX_PER_SWEEP)) {
            if (!waiters.isAwaited(job.id())) {
                letGo(job, now);
            }
        }
    }

    public int purge(Duration age) {
        return purge(timer.now().minus(age));
    }

    /**
     * Removes jobs that ended before a time, with or without a key.
     *
     * @return how many
     */
    public int purge(Instant endedBefore) {
        Instant now = timer.now();
        return forgetAll(endedBefore, false, now) + forgetAll(endedBefore, true, now);
    }

    private int forgetAll(Instant endedBefore, boolean withKey, Instant now) {
        int all = 0;
        for (int some = forget(endedBefore, withKey, now); some > 0; some = forget(endedBefore, withKey, now)) {
            all += some;
        }
        return all;
    }

    private int forget(Instant endedBefore, boolean withKey, Instant now) {
        List<VideoJob> forgotten = book.store().removeAll(
                book.store().listEnded(endedBefore, withKey, job -> !isOnItsWay(job, now), MAX_PER_SWEEP).stream()
                        .filter(job -> !waiters.isAwaited(job.id())).map(book::settled).toList());
        forgotten.forEach(this::forgotten);
        return forgotten.size();
    }

    /** Whether a consumer has claimed the job or may still claim it. */
    private boolean isOnItsWay(VideoJob job, Instant now) {
        return switch (job.delivery().state()) {
            case CLAIMED -> true;
            case OFFERED -> job.delivery().at().plus(settings.keepUndelivered()).isAfter(now);
            default -> false;
        };
    }

    private void forgotten(VideoJob job) {
        waiters.forget(job.id());
        // The file is still there if its last user never settled it.
        if (job.file() != null && job.directory() == null) {
            VideoFiles.delete(job.file());
        }
    }

    private void letGo(VideoJob job, Instant now) {
        JobError expired = EngineErrors.expired("it was not delivered within keepUndelivered", null);
        // It may have been delivered since it was listed.
        boolean gone = book.change(job.id(), stored -> isUndelivered(stored, now)
                ? JobTransitions.expired(stored, expired, now) : stored).filter(JobUpdate::isApplied).isPresent();
        if (gone) {
            LOG.warn("Job {}: its video was not delivered within {} and has expired", job.id(),
                        PlainDuration.of(settings.keepUndelivered()));
            if (job.state() == JobState.RENDERED) {
                PartialFiles.deleteAll(job, settings.workDirectory());
            }
            if (job.file() != null && job.directory() == null) {
                VideoFiles.delete(job.file());
            }
        }
    }

    private boolean isUndelivered(VideoJob job, Instant now) {
        return (job.state() == JobState.DOWNLOADED || job.state() == JobState.RENDERED) && job.videoAt() != null
                && job.delivery().state() != JobDelivery.State.CLAIMED
                && job.videoAt().plus(settings.keepUndelivered()).isBefore(now);
    }
}
