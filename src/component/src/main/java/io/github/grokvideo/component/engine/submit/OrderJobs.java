// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.util.List;
import java.util.Optional;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/**
 * The jobs of an order that has several accounts. The store keeps a key unique within one account only. So that at most one of several
 * calls with the same key is sent, each looks for the jobs of the others after its own row is stored and before it is sent: of two calls,
 * at least the second to store its row sees the other's.
 */
public final class OrderJobs {

    private final JobBook book;
    private final JobTimer timer;

    public OrderJobs(EngineParts parts) {
        this.book = parts.book();
        this.timer = parts.timer();
    }

    /** @return the job that this order, or another with its key, has at one of its accounts, in their order, unless it was rejected */
    public Optional<VideoJob> find(VideoOrder order) {
        return order.accounts().stream().flatMap(account -> find(order, account).stream()).findFirst();
    }

    private Optional<VideoJob> find(VideoOrder order, VideoAccount account) {
        return book.find(order.jobId(account)).filter(OrderJobs::counts).or(() -> order.jobKey() == null ? Optional.empty()
                : book.store().findByKey(account.name(), order.jobKey()).filter(OrderJobs::counts));
    }

    private static boolean counts(VideoJob job) {
        return job.state() != JobState.REJECTED;
    }

    /**
     * Whether the order's job must not be sent because of one at another account. Of two jobs that both wait to be sent, the one at the
     * earlier account is kept.
     *
     * @param  own stored, NEW
     * @return     the job at the other account: then {@code own} has been withdrawn. Empty = {@code own} may be sent
     */
    Optional<VideoJob> instead(VideoOrder order, VideoJob own) {
        boolean before = true;
        for (VideoAccount account : order.accounts()) {
            if (account.name().equals(own.account())) {
                before = false;
                continue;
            }
            Optional<VideoJob> other = find(order, account);
            if (other.isPresent() && !before && other.get().state() == JobState.NEW) {
                withdraw(other.get());
                other = find(order, account);
            }
            if (other.isPresent()) {
                withdraw(own);
                return other;
            }
        }
        return Optional.empty();
    }

    /** Has no effect on a job that is being sent meanwhile. */
    private void withdraw(VideoJob job) {
        if (book.withdraw(List.of(job)).isEmpty()) {
            book.change(job.id(), stored -> JobTransitions.withdrawn(stored, timer.now()));
        }
    }
}
