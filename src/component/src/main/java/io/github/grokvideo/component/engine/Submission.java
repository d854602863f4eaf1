package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.job.VideoRequest;

/** One job on its way to the gateway. Its fields are handed from one step to the next, never shared; but for {@link #withdrawn}. */
final class Submission {

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(15);

    final AccountLane lane;
    final String jobId;
    VideoRequest request;
    Instant firstTry;
    /** Taken back: it sends nothing any more, whatever becomes of the job's id. */
    volatile boolean withdrawn;
    private int rejections;

    Submission(AccountLane lane, String jobId, VideoRequest request) {
        this.lane = lane;
        this.jobId = jobId;
        this.request = request;
    }

    VideoAccount account() {
        return lane.account();
    }

    /** @return how long to wait after another rejection that named no time */
    Duration backoff(RandomGenerator random) {
        long millis = FIRST_BACKOFF.toMillis() << Math.min(rejections++, 10);
        long capped = Math.min(millis, LONGEST_BACKOFF.toMillis());
        return Duration.ofMillis((long) (capped * (1 + 0.25 * random.nextDouble())));
    }
}
