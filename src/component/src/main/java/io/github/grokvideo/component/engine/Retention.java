package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.PlainDuration;
import io.github.grokvideo.component.job.VideoJob;

/** Lets go of what nobody came for, and of jobs that ended long ago. */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration ROUND = Duration.ofMinutes(10);
    /** How long an ended job without a jobKey can still be named by its id, as in {@code video=job:<id>}; the URLs live as long. */
    private static final Duration KEEP_WITHOUT_KEY = Duration.ofHours(24);
    private static final int MOST_IN_A_ROUND = 10_000;

    private final JobBook book;
    private final Waits waits;
    private final JobTimer timer;
    private final Executor work;
    private final EngineSettings settings;
    private JobTimer.Cancellable next = () -> { };

    Retention(EngineParts parts) {
        this.book = parts.book();
        this.waits = parts.waits();
        this.timer = parts.timer();
        this.work = parts.work();
        this.settings = parts.settings();
    }

    void start() {
        next = timer.schedule(ROUND, () -> work.execute(this::round));
    }

    void stop() {
        next.cancel();
    }

    private void round() {
        try {
            sweep(timer.now());
        } catch (RuntimeException e) {
            LOG.warn("Old jobs could not be cleared away, it is tried again later: {}", e.toString());
        } finally {
            start();
        }
    }

    private void sweep(Instant now) {
        forget(book.store().listEnded(now.minus(KEEP_WITHOUT_KEY), false, MOST_IN_A_ROUND));
        forget(book.store().listEnded(now.minus(settings.keepKeys()), true, MOST_IN_A_ROUND));
        for (VideoJob job : book.store().listUndelivered(now.minus(settings.keepUndelivered()), MOST_IN_A_ROUND)) {
            if (!waits.isAwaited(job.id())) {
                letGo(job, now);
            }
        }
    }

    private void forget(List<VideoJob> ended) {
        ended.stream().filter(job -> !waits.isAwaited(job.id())).forEach(this::forget);
    }

    private void forget(VideoJob job) {
        if (book.store().remove(job)) {
            waits.forget(job.id());
            // Still there where its last user never came back for it.
            if (job.file() != null && job.directory() == null) {
                VideoFiles.delete(job.file());
            }
        }
    }

    private void letGo(VideoJob job, Instant now) {
        boolean[] gone = new boolean[1];
        UnaryOperator<VideoJob> expiry = book.ending(JobState.EXPIRED, changes -> changes.error(
                Failures.expired("nobody took it within keepUndelivered", null)));
        book.change(job.id(), stored -> {
            // Somebody may have come for it since it was listed.
            gone[0] = isUndelivered(stored, now);
            return gone[0] ? expiry.apply(stored) : stored;
        });
        if (gone[0]) {
            LOG.warn("Job {}: nobody took its video for {}, it is let go", job.id(),
                        PlainDuration.of(settings.keepUndelivered()));
            VideoFiles.delete(VideoFiles.partial(job, settings.workDirectory()));
            if (job.file() != null && job.directory() == null) {
                VideoFiles.delete(job.file());
            }
        }
    }

    private boolean isUndelivered(VideoJob job, Instant now) {
        return (job.state() == JobState.DOWNLOADED || job.state() == JobState.RENDERED) && job.videoAt() != null
                && job.videoAt().plus(settings.keepUndelivered()).isBefore(now);
    }
}
