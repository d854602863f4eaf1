// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.JobUpdate;
import io.github.grokvideo.component.store.LearntRows;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.SpendLedger;

/** A store that goes away when a test says so, before it has done what was asked or after. */
final class FlakyStore implements JobStore {

    private final JobStore kept;
    /** Told each question, as "find", "insert", "update", "findByKey", "findByTask", "list", "countOpen" or "remove". */
    volatile Predicate<String> away = question -> false;
    /** The same, but for an answer that is lost on its way back. */
    volatile Predicate<String> losesAnswer = question -> false;

    /** What happens between an answer and whoever asked. */
    volatile Consumer<String> after = question -> { };

    FlakyStore(JobStore kept) {
        this.kept = kept;
    }

    /** @return true for the given question from its n-th time on, counted from now */
    static Predicate<String> from(String question, int time) {
        int[] count = new int[1];
        return asked -> asked.equals(question) && ++count[0] >= time;
    }

    /** @return true for the given question, its n-th time only, counted from now */
    static Predicate<String> only(String question, int time) {
        int[] count = new int[1];
        return asked -> asked.equals(question) && ++count[0] == time;
    }

    private <T> T ask(String question, Supplier<T> answer) {
        if (away.test(question)) {
            throw away();
        }
        T told = answer.get();
        after.accept(question);
        if (losesAnswer.test(question)) {
            throw away();
        }
        return told;
    }

    private static StoreUnavailableException away() {
        return (StoreUnavailableException) JobError.of(ErrorType.STORE_UNAVAILABLE, "the store is away", Charged.NO)
                .withRetryable(true).toException(null, null);
    }

    @Override
    public VideoJob insert(VideoJob job) {
        return ask("insert", () -> kept.insert(job));
    }

    @Override
    public Optional<VideoJob> find(String jobId) {
        return ask("find", () -> kept.find(jobId));
    }

    @Override
    public Optional<VideoJob> findByKey(String account, String jobKey) {
        return ask("findByKey", () -> kept.findByKey(account, jobKey));
    }

    @Override
    public Optional<VideoJob> findByTask(String account, String taskId) {
        return ask("findByTask", () -> kept.findByTask(account, taskId));
    }

    @Override
    public Optional<JobUpdate> update(String jobId, UnaryOperator<VideoJob> change) {
        return ask("update", () -> kept.update(jobId, change));
    }

    @Override
    public Optional<JobUpdate> update(String jobId, UnaryOperator<VideoJob> change, Budgets budgets) {
        return ask("update", () -> kept.update(jobId, change, budgets));
    }

    @Override
    public Optional<SpendLedger> ledger() {
        return kept.ledger();
    }

    @Override
    public List<VideoJob> list(Predicate<VideoJob> filter, int limit) {
        return ask("list", () -> kept.list(filter, limit));
    }

    @Override
    public int countOpen(String account) {
        return ask("countOpen", () -> kept.countOpen(account));
    }

    @Override
    public boolean remove(VideoJob job) {
        return ask("remove", () -> kept.remove(job));
    }

    @Override
    public Optional<LearntRows> learnt() {
        return kept.learnt();
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public void close() {
        kept.close();
    }
}
