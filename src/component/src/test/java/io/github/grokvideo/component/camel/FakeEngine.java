// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import io.github.grokvideo.component.engine.AwaitOrder;
import io.github.grokvideo.component.engine.EngineLoad;
import io.github.grokvideo.component.engine.EngineSpending;
import io.github.grokvideo.component.engine.HandedOutVideo;
import io.github.grokvideo.component.engine.JobCompletions;
import io.github.grokvideo.component.engine.JobOperations;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.engine.VideoJobListener;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.WebhookResult;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.MemoryJobStore;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.SpendQuery;
import io.github.grokvideo.component.store.spend.SpendSum;

/** An engine that makes "videos" at once and remembers what it was asked. A test replaces the answers it wants different. */
class FakeEngine implements VideoEngine, AutoCloseable {

    static final String URL = "https://media.example/v.mp4?signature=secret";

    final List<VideoOrder> orders = new CopyOnWriteArrayList<>();
    final List<AwaitOrder> waits = new CopyOnWriteArrayList<>();
    final List<HandedOutVideo> handedOut = new CopyOnWriteArrayList<>();
    final List<HandedOutVideo> delivered = new CopyOnWriteArrayList<>();
    final Map<Path, Boolean> settled = new ConcurrentHashMap<>();
    final Map<String, VideoAccount> accounts = new ConcurrentHashMap<>();
    final Map<String, VideoJob> jobs = new ConcurrentHashMap<>();
    final List<WebhookNotice> notices = new CopyOnWriteArrayList<>();
    WebhookResult.Outcome noticeOutcome = WebhookResult.Outcome.POLLED;
    final List<String> calls = new CopyOnWriteArrayList<>();
    final Map<AwaitOrder, CompletableFuture<VideoJob>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Path directory;
    private final JobStore store = new MemoryJobStore();

    Function<VideoOrder, CompletableFuture<VideoJob>> onSubmit = order -> answer(accept(order));
    Function<AwaitOrder, CompletableFuture<VideoJob>> onAwait = wait -> answer(finish(wait.jobId()));
    Function<VideoOrder, ResolvedRequest> onValidate = order -> new ResolvedRequest(order.request(), List.of(), null);
    BalanceAnswer.Balance balance = new BalanceAnswer.Balance(Cost.credits("12.5"), null);
    /** What callers rest for; they do not, unless a test holds them. */
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final Map<Object, CompletableFuture<Void>> resting = new ConcurrentHashMap<>();
    boolean holdsPauses;
    /** null = futures are complete when they are returned. */
    Executor executor;
    boolean refused;

    FakeEngine(Path directory) {
        this.directory = directory;
    }

    <T> CompletableFuture<T> answer(T value) {
        if (executor == null) {
            return CompletableFuture.completedFuture(value);
        }
        return CompletableFuture.supplyAsync(() -> value, executor);
    }

    VideoJob accept(VideoOrder order) {
        return jobs.compute(order.jobId(), (id, old) -> old != null ? old
                : VideoJob.create(id, order.account().name(), order.account().provider().name(), Instant.now(), job -> job
                        .model(order.request().model() == null ? "m-1" : order.request().model()).mode(Mode.TEXT_TO_VIDEO)
                        .request(order.request()).state(JobState.ACCEPTED).taskId("task-" + count.incrementAndGet())
                        .acceptedAt(Instant.now()).submits(1).cost(Cost.usd("0.40")).urlOnly(order.urlOnly())
                        .directory(order.directory()).name(order.name())));
    }

    VideoJob finish(String jobId) {
        return jobs.compute(jobId, (id, job) -> {
            try {
                Path target = job.directory() == null ? directory : job.directory();
                Files.createDirectories(target);
                Path file = target.resolve(jobId + ".mp4");
                if (!job.urlOnly() && !Files.exists(file)) {
                    Files.writeString(file, "video of " + jobId);
                }
                return job.with(done -> done.state(job.urlOnly() ? JobState.RENDERED : JobState.DOWNLOADED).url(URL).polls(3)
                        .downloads(1).file(job.urlOnly() ? null : file).size(42L).sha256("ab").renderedAt(Instant.now())
                        .downloadedAt(Instant.now()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static RuntimeException error(ErrorType type, Charged charged, String jobId) {
        return JobError.of(type, "no luck", charged).toException(jobId, "xai");
    }

    List<String> orderedJobs() {
        return orders.stream().map(VideoOrder::jobId).toList();
    }

    VideoOrder lastOrder() {
        return orders.get(orders.size() - 1);
    }

    List<Boolean> settlements() {
        return new ArrayList<>(settled.values());
    }

    @Override
    public CompletableFuture<VideoJob> submit(VideoOrder order) {
        orders.add(order);
        return onSubmit.apply(order);
    }

    @Override
    public CompletableFuture<VideoJob> submit(VideoOrder order, Duration waitTimeout) {
        return submit(order);
    }

    @Override
    public CompletableFuture<VideoJob> await(AwaitOrder wait) {
        waits.add(wait);
        CompletableFuture<VideoJob> future = onAwait.apply(wait);
        waiting.put(wait, future);
        return future;
    }

    @Override
    public CompletableFuture<Void> pause(String jobId, Duration duration, Object waiter) {
        pauses.add(duration);
        if (!holdsPauses) {
            return answer(null);
        }
        return resting.computeIfAbsent(waiter, key -> new CompletableFuture<>());
    }

    private void wake(Object waiter) {
        CompletableFuture<Void> pause = resting.get(waiter);
        if (pause != null) {
            pause.completeExceptionally(error(ErrorType.DETACHED, Charged.YES, null));
        }
    }

    @Override
    public CompletableFuture<VideoJob> adopt(VideoAccount account, String taskId, Path target, VideoName name, boolean urlOnly) {
        calls.add("adopt " + account.name() + " " + taskId);
        VideoJob job = VideoJob.create("adopted-" + taskId, account.name(), account.provider().name(), Instant.now(),
                fields -> fields.taskId(taskId).state(JobState.ACCEPTED).urlOnly(urlOnly).directory(target).name(name));
        jobs.putIfAbsent(job.id(), job);
        return answer(jobs.get(job.id()));
    }

    @Override
    public CompletableFuture<VideoJob> status(VideoAccount account, String jobOrTaskId) {
        calls.add("status " + account.name() + " " + jobOrTaskId);
        return answer(jobs.get(jobOrTaskId));
    }

    @Override
    public CompletableFuture<VideoJob> cancel(VideoAccount account, String jobOrTaskId) {
        calls.add("cancel " + account.name() + " " + jobOrTaskId);
        return answer(jobs.get(jobOrTaskId));
    }

    @Override
    public CompletableFuture<WebhookResult> notice(VideoAccount account, WebhookNotice notice) {
        notices.add(notice);
        return answer(WebhookResult.of(noticeOutcome));
    }

    @Override
    public CompletableFuture<BalanceAnswer.Balance> balance(VideoAccount account) {
        calls.add("balance " + account.name());
        return answer(balance);
    }

    @Override
    public CompletableFuture<ResolvedRequest> validate(VideoOrder order) {
        return answer(onValidate.apply(order));
    }

    @Override
    public Optional<VideoJob> find(String jobId) {
        return Optional.ofNullable(jobs.get(jobId));
    }

    @Override
    public HandedOutVideo handOut(String jobId) {
        VideoJob job = jobs.get(jobId);
        try {
            Path file = job.file();
            if (job.directory() == null) {
                file = directory.resolve("out").resolve(jobId + "-" + count.incrementAndGet() + ".mp4");
                Files.createDirectories(file.getParent());
                Files.createLink(file, job.file());
            }
            HandedOutVideo out = new HandedOutVideo(jobId, file, job.directory() == null);
            handedOut.add(out);
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delivered(HandedOutVideo out, String place) {
        delivered.add(out);
    }

    @Override
    public void settle(HandedOutVideo out, boolean delivered) {
        if (settled.putIfAbsent(out.file(), delivered) == null && out.ours()) {
            try {
                Files.deleteIfExists(out.file());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void urlDelivered(String jobId) {
        calls.add("urlDelivered " + jobId);
    }

    @Override
    public void addListener(VideoJobListener listener) {
    }

    @Override
    public void removeListener(VideoJobListener listener) {
    }

    @Override
    public EngineLoad load() {
        return new EngineLoad(0, 0, 0, 0);
    }

    @Override
    public void register(VideoAccount account) {
        accounts.put(account.name(), account);
    }

    @Override
    public void detach(Object waiter) {
        calls.add("detach");
        wake(waiter);
        waiting.forEach((wait, future) -> {
            if (wait.waiter().equals(waiter)) {
                future.completeExceptionally(error(ErrorType.DETACHED, Charged.YES, wait.jobId()));
            }
        });
    }

    @Override
    public void refuse() {
        refused = true;
        calls.add("refuse");
    }

    @Override
    public void detachAll() {
        calls.add("detachAll");
        resting.keySet().forEach(this::wake);
        waiting.forEach((wait, future) -> future.completeExceptionally(error(ErrorType.DETACHED, Charged.YES, wait.jobId())));
    }

    @Override
    public JobStore store() {
        return store;
    }

    @Override
    public void close() {
        calls.add("close");
    }

    @Override
    public JobCompletions completions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public EngineSpending spending() {
        return new EngineSpending() {
            @Override
            public CompletableFuture<List<SpendSum>> sums(SpendQuery query) {
                return CompletableFuture.completedFuture(List.of());
            }

            @Override
            public CompletableFuture<List<io.github.grokvideo.component.store.spend.TimesSum>> times(SpendQuery query) {
                return CompletableFuture.completedFuture(List.of());
            }

            @Override
            public ZoneId zone() {
                return ZoneOffset.UTC;
            }

            @Override
            public List<BudgetUse> budgets() {
                return List.of();
            }

            @Override
            public List<BudgetUse> uses(String account, String tag) {
                return List.of();
            }

            @Override
            public List<BudgetUse> changeLimit(String budget, BigDecimal limit) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public JobOperations operations() {
        throw new UnsupportedOperationException();
    }
}
