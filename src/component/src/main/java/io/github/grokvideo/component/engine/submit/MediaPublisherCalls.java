// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.PlainDuration;

/** Calls mediaPublishers, which are user code: a few at once, each limited to submitTimeout. Thread-safe. */
final class MediaPublisherCalls {

    /** Each call may block a thread. */
    private static final int MAX_AT_ONCE = 2;
    /** Calls that never end keep their thread after their slot was given to others; this limits them per publisher. */
    private static final int MAX_OVERDUE = 8;

    /** Overdue calls by publisher. */
    private final Map<Object, Integer> overdue = new ConcurrentHashMap<>();
    private final CallGate gate;
    private final JobTimer timer;
    private final Executor work;
    private final Duration longest;

    MediaPublisherCalls(EngineParts parts) {
        this.gate = new CallGate(MAX_AT_ONCE, parts.work());
        this.timer = parts.timer();
        this.work = parts.work();
        this.longest = parts.settings().submitTimeout();
    }

    /** @return URL of the media, or a {@link GrokVideoException}: nothing was created */
    CompletableFuture<Media> publish(VideoOrder order, Media media) {
        return gate.ordinary(() -> answerInTime(order, media)).handle((url, failure) -> {
            if (failure != null) {
                Throwable cause = EngineErrors.unwrap(failure);
                throw cause instanceof GrokVideoException known ? known
                        : MediaUploads.failed(order, "The mediaPublisher failed for " + media + ": " + cause, cause);
            }
            if (url == null || !(Media.of(url) instanceof Media.Url published) || published.isInline()) {
                throw MediaUploads.failed(order, "The mediaPublisher returned no http(s) URL for " + media, null);
            }
            return published;
        });
    }

    private CompletableFuture<String> answerInTime(VideoOrder order, Media media) {
        if (overdue.getOrDefault(order.mediaPublisher(), 0) >= MAX_OVERDUE) {
            throw MediaUploads.failed(order, "The mediaPublisher was not called for " + media + ": " + MAX_OVERDUE
                    + " earlier calls did not end within " + PlainDuration.of(longest) + " and are still running. Check its route", null);
        }
        CompletableFuture<String> answer = order.mediaPublisher().apply(media);
        CompletableFuture<String> inTime = answer.copy();
        JobTimer.Cancellable end = timer.schedule(longest, () -> work.execute(() -> giveUp(order, media, answer, inTime)));
        inTime.whenComplete((url, failure) -> end.cancel());
        return inTime;
    }

    private void giveUp(VideoOrder order, Media media, CompletableFuture<String> answer, CompletableFuture<String> inTime) {
        Object publisher = order.mediaPublisher();
        overdue.merge(publisher, 1, Integer::sum);
        answer.whenComplete((url, failure) -> overdue.computeIfPresent(publisher, (one, calls) -> calls == 1 ? null : calls - 1));
        inTime.completeExceptionally(MediaUploads.failed(order, "The mediaPublisher did not answer within "
                + PlainDuration.of(longest) + " for " + media + ". Nothing was sent", null));
    }
}
