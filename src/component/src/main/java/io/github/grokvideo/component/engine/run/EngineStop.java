// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an engine comes to rest: no new work, no lost answer, no interrupted write. */
final class EngineStop {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultVideoEngine.class);
    private static final Duration ANSWER_MARGIN = Duration.ofSeconds(5);
    private static final int OPEN_JOBS_NAMED = 20;

    private final EngineModules parts;
    private final Runnable breakOff;

    /** @param breakOff ends calls that still hang in the network when nothing is paid by them any more */
    EngineStop(EngineModules parts, Runnable breakOff) {
        this.parts = parts;
        this.breakOff = breakOff;
    }

    /** Waits for POSTs in flight, at most submitTimeout; then everything rests. Blocks. */
    void rest() {
        parts.refusing = true;
        detachAll();
        parts.submitter.stop();
        Instant end = parts.timer.now().plus(parts.settings.submitTimeout()).plus(ANSWER_MARGIN);
        if (!parts.submitter.awaitAnswers(parts.settings.submitTimeout().plus(ANSWER_MARGIN))) {
            LOG.error("A submit was still without an answer when the engine stopped: its job will be UNKNOWN");
        }
        Duration left = Duration.between(parts.timer.now(), end);
        if (!parts.book.awaitStored(left.isNegative() ? Duration.ZERO : left)) {
            LOG.error("The store was still away when the engine stopped: what it did not take is in this log only");
        }
        parts.poller.stop();
        parts.fetcher.stop();
        // First of all, so that nobody waits for the network and everybody for the store: no thread is interrupted that may be in it.
        breakOff.run();
        if (parts.cluster != null) {
            parts.cluster.stop();
        }
        if (!parts.withdrawing.awaitNone(ANSWER_MARGIN)) {
            LOG.warn("Jobs that were not sent are still being taken back");
        }
        parts.retention.stop();
        parts.handOuts.close();
        parts.membership.leave();
        try {
            warnOfOpenJobs();
        } catch (RuntimeException away) {
            LOG.warn("The open jobs could not be named: {}", away.toString());
        }
    }

    /** Ends all waits: the callers get the resumable error. */
    void detachAll() {
        parts.pauses.detach(null);
        List<String> jobIds = parts.waits.detach(null);
        withdraw(jobIds);
        if (!jobIds.isEmpty()) {
            LOG.info("Camel stops, and nobody waits for {} jobs any more. Those that were sent go on at their gateways; the same messages"
                    + " attach to them again{}", jobIds.size(), parts.book.store().isDurable() ? "" : " as long as this JVM lives");
        }
    }

    /** Jobs that were not sent yet and that nobody waits for any more are not sent at all. */
    void withdraw(List<String> jobIds) {
        parts.withdrawing.begin();
        try {
            // Somebody told of the end of a wait may wait anew already.
            parts.submitter.withdraw(jobIds.stream().filter(jobId -> !parts.waits.isAwaited(jobId)).toList());
        } finally {
            parts.withdrawing.end();
        }
    }

    private void warnOfOpenJobs() {
        if (parts.book.store().isDurable()) {
            return;
        }
        List<VideoJob> open = parts.book.store().list(job -> job.state().isWaiting(), OPEN_JOBS_NAMED + 1);
        if (!open.isEmpty()) {
            LOG.warn("{} paid jobs are open, and the memory store forgets them with this JVM. Await them by task id: {}",
                    open.size() > OPEN_JOBS_NAMED ? "More than " + OPEN_JOBS_NAMED : open.size(),
                    open.stream().limit(OPEN_JOBS_NAMED).map(job -> job.provider() + " " + job.taskId()).toList());
        }
    }
}
