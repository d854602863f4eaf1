package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import io.github.grokvideo.component.job.StoreUnavailableException;
import io.github.grokvideo.component.job.VideoJob;

/**
 * Takes up what an earlier engine on the same store left open, account by account. Submits of the account come after it: a message
 * that comes again must not attach to a job that nobody sends.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    private final JobBook book;
    private final JobTimer timer;
    private final Executor work;
    private final Submitter submitter;
    private final Consumer<VideoJob> resume;
    private final Instant begun;
    private final Set<AccountLane> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** @param resume sets going what the gateway has */
    Recovery(EngineParts parts, Submitter submitter, Consumer<VideoJob> resume) {
        this.book = parts.book();
        this.timer = parts.timer();
        this.work = parts.work();
        this.submitter = submitter;
        this.resume = resume;
        this.begun = parts.timer().now();
    }

    void begin(AccountLane lane) {
        pending.add(lane);
        work.execute(() -> run(lane));
    }

    /** Those who wait for a recovery are told that it will not come. */
    void stop() {
        stopped = true;
        pending.forEach(lane -> lane.recoveryFailed(Failures.stopping(null)));
    }

    private void run(AccountLane lane) {
        if (stopped) {
            lane.recoveryFailed(Failures.stopping(null));
            return;
        }
        String account = lane.account().name();
        try {
            for (VideoJob job : book.store().listOpen(account, begun, Integer.MAX_VALUE)) {
                recover(job, lane);
            }
            pending.remove(lane);
            lane.recovered();
        } catch (StoreUnavailableException away) {
            LOG.warn("The open jobs of account {} could not be taken up, it is tried again: {}", account, away.getMessage());
            timer.schedule(STORE_RETRY, () -> work.execute(() -> run(lane)));
            lane.recoveryFailed(away);
        } catch (RuntimeException e) {
            LOG.error("The open jobs of account {} could not be taken up", account, e);
            pending.remove(lane);
            lane.recovered();
        }
    }

    /** Nobody in this engine sends it: what was not sent is given back, what was being sent is in doubt. */
    private void recover(VideoJob job, AccountLane lane) {
        switch (job.state()) {
            case NEW -> submitter.withdraw(job.id(), lane);
            case SUBMITTING -> submitter.recover(job, lane);
            default -> resume.accept(job);
        }
    }
}
