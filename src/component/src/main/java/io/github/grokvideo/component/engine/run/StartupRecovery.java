// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.engine.submit.Submitter;
import io.github.grokvideo.component.job.VideoJob;

/**
 * Resumes what an earlier engine on the same store left open, once per account and before this engine submits for it: afterwards a job that
 * looks left behind may be one that is being sent. Thread-safe.
 */
final class StartupRecovery {

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> done = new HashSet<>();
    private final JobBook book;
    private final Accounts accounts;
    private final Submitter submitter;
    private final Consumer<VideoJob> resume;
    private final Instant begun;

    /** @param resume polls or downloads an accepted job */
    StartupRecovery(EngineParts parts, Accounts accounts, Submitter submitter, Consumer<VideoJob> resume) {
        this.book = parts.book();
        this.accounts = accounts;
        this.submitter = submitter;
        this.resume = resume;
        this.begun = parts.timer().now();
    }

    /** Starts now; later if the store is not available. */
    void begin(String account) {
        book.retry().run("The open jobs of account " + account + " are not resumed yet", () -> ensure(account));
    }

    /**
     * Recovers an account's jobs, unless that has been done. Reads the store.
     *
     * @throws RuntimeException from the store: not all jobs were recovered, the next call retries
     */
    void ensure(String account) {
        lock.lock();
        try {
            if (done.contains(account)) {
                return;
            }
            book.store().listOpen(account, begun, Integer.MAX_VALUE).forEach(this::takeUp);
            done.add(account);
        } finally {
            lock.unlock();
        }
    }

    /** This engine is not sending the job: an unsent one is withdrawn, one that was being sent is in doubt. */
    private void takeUp(VideoJob job) {
        AccountLimits limits = accounts.of(job);
        switch (job.state()) {
            case NEW -> submitter.withdraw(job.id(), limits);
            case SUBMITTING -> submitter.recover(job, limits);
            default -> resume.accept(job);
        }
    }
}
