// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.run;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.engine.JobCompletions;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.core.DeliveryRules;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobUpdate;

/** Claims and settlements are compare-and-sets on the row: the first node gets the job. */
final class CompletedJobs implements JobCompletions {

    private final JobBook book;
    private final JobTimer timer;
    private final Membership membership;
    private final JobDispatcher dispatcher;
    private final Consumer<VideoJob> settled;

    /** @param settled receives each job that a consumer has settled */
    CompletedJobs(EngineParts parts, JobDispatcher dispatcher, Consumer<VideoJob> settled) {
        this.book = parts.book();
        this.timer = parts.timer();
        this.membership = parts.membership();
        this.dispatcher = dispatcher;
        this.settled = settled;
    }

    @Override
    public List<VideoJob> claim(Predicate<VideoJob> wanted, int limit) {
        Instant now = timer.now();
        List<VideoJob> claimed = new ArrayList<>();
        for (VideoJob job : book.store().listOffered(
                now, job -> DeliveryRules.isOver(job) && isForThisNode(job) && wanted.test(job), limit)) {
            take(job, now).ifPresent(claimed::add);
        }
        return claimed;
    }

    /** A file is delivered by a node that can read it, and by another only if no such node is alive. */
    private boolean isForThisNode(VideoJob job) {
        return !needsFile(job) || membership.holder() == null || isHere(job) || !membership.isHolderAlive(job.holder());
    }

    private static boolean needsFile(VideoJob job) {
        return job.state() == JobState.DOWNLOADED;
    }

    private boolean isHere(VideoJob job) {
        return job.holder() != null && job.holder().equals(membership.holder()) || job.file() != null && Files.isRegularFile(job.file());
    }

    private Optional<VideoJob> take(VideoJob job, Instant now) {
        boolean gone = needsFile(job) && (job.file() == null || !Files.isRegularFile(job.file()));
        Optional<VideoJob> mine = book.change(job.id(), stored -> {
            if (!stored.delivery().isOffered(now) || stored.state() != job.state()) {
                return stored;
            }
            return gone ? JobTransitions.fetchedAgain(stored, stored.delivery().detached(), dispatcher.nodeFor(stored))
                    : JobTransitions.claimed(stored, membership.id(), now);
        }).filter(JobUpdate::isApplied).map(JobUpdate::after);
        if (gone) {
            mine.ifPresent(dispatcher::takeUp);
            return Optional.empty();
        }
        return mine;
    }

    @Override
    public void acknowledge(String jobId) {
        settle(jobId, "acknowledged", job -> JobTransitions.acknowledged(job, membership.id(), timer.now()));
    }

    @Override
    public void giveBack(String jobId, Duration delay) {
        settle(jobId, "given back", job -> JobTransitions.givenBack(job, membership.id(), timer.now().plus(delay)));
    }

    @Override
    public void rest(String jobId) {
        settle(jobId, "undelivered", job -> JobTransitions.undelivered(job, membership.id()));
    }

    private void settle(String jobId, String what, UnaryOperator<VideoJob> change) {
        book.changeReliably(jobId, change, job -> job.ifPresent(settled), what);
    }
}
