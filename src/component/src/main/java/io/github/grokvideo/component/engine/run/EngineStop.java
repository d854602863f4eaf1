// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops an engine: no new work, no lost answer, no interrupted write. */
final class EngineStop {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultVideoEngine.class);
    private static final Duration ANSWER_MARGIN = Duration.ofSeconds(5);
    private static final int OPEN_JOBS_NAMED = 20;

    private final EngineModules parts;
    private final Runnable breakOff;

    /** @param breakOff aborts calls that still hang in the network once nothing more can be charged */
    EngineStop(EngineModules parts, Runnable breakOff) {
        this.parts = parts;
        this.breakOff = breakOff;
    }

    /** Blocks until POSTs in flight are answered, at most submitTimeout, then stops everything. */
    void rest() {
        parts.refusing = true;
        detachAll();
        parts.submitter.stop();
        Instant end = parts.timer.now().plus(parts.settings.submitTimeout()).plus(ANSWER_MARGIN);
        if (!parts.submitter.awaitAnswers(parts.settings.submitTimeout().plus(ANSWER_MARGIN))) {
            LOG.error("A submit was still unanswered when the engine stopped: its job will be UNKNOWN");
        }
        Duration left = Duration.between(parts.timer.now(), end);
        if (!parts.book.awaitStored(left.isNegative() ? Duration.ZERO : left)) {
            LOG.error("The store still did not answer when the engine stopped: changes that it did not store are in this log only");
        }
        parts.poller.stop();
        parts.downloader.stop();
        // First, so that from now on threads block only on the store: no thread that may be in the store is interrupted.
        breakOff.run();
        if (parts.cluster != null) {
            parts.cluster.stop();
        }
        if (!parts.withdrawing.awaitNone(ANSWER_MARGIN)) {
            LOG.warn("Jobs that were not sent are still being withdrawn");
        }
        parts.histories.stop();
        parts.spending.stop();
        parts.retention.stop();
        parts.handOuts.close();
        parts.membership.leave();
        try {
            warnOfOpenJobs();
        } catch (RuntimeException away) {
            LOG.warn("The open jobs could not be listed: {}", away.toString());
        }
    }

    /** Ends all waits: the callers get the resumable error. */
    void detachAll() {
        parts.pauses.detach(null);
        List<String> jobIds = parts.waiters.detach(null);
        withdraw(jobIds);
        if (!jobIds.isEmpty()) {
            LOG.info("Camel is stopping: no caller is waiting for {} jobs any more. Those that were sent go on at their gateways; the"
                    + " same messages attach to them again{}", jobIds.size(),
                    parts.book.store().isDurable() ? "" : " as long as this JVM lives");
        }
    }

    /** Withdraws jobs that were not sent yet and that no caller waits for any more. */
    void withdraw(List<String> jobIds) {
        parts.withdrawing.begin();
        try {
            // A caller whose wait has ended may already wait again.
            parts.submitter.withdraw(jobIds.stream().filter(jobId -> !parts.waiters.isAwaited(jobId)).toList());
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
            LOG.warn("{} paid jobs are open, and the memory store loses them when this JVM ends. Await them by task id: {}",
                    open.size() > OPEN_JOBS_NAMED ? "More than " + OPEN_JOBS_NAMED : open.size(),
                    open.stream().limit(OPEN_JOBS_NAMED).map(job -> job.provider() + " " + job.taskId()).toList());
        }
    }
}
