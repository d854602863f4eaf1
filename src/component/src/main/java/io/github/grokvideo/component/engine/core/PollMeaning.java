// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.transport.ResultUrl;

/** The result of a status query, with a URL checked to be usable and Retry-After limited. Pure. */
public final class PollMeaning {

    private PollMeaning() {
    }

    /**
     * @param query             the task, and which of the query's calls was answered
     * @param answer            null if the call failed
     * @param failure           null if there is an answer
     * @param longestRetryAfter longest Retry-After that is honoured
     */
    public static PollAnswer of(
            VideoAccount account, PollQuery query, HttpAnswer answer, Throwable failure, Instant now, Duration longestRetryAfter) {
        PollAnswer meaning = failure != null ? new PollAnswer.NoAnswer(EngineErrors.unwrap(failure).getMessage(), false, null)
                : account.provider().polled(query, answer, now);
        if (meaning instanceof PollAnswer.Done done && done.url() != null) {
            return done(account, query.taskId(), done, answer);
        }
        if (meaning instanceof PollAnswer.Pending pending) {
            return new PollAnswer.Pending(pending.running(), pending.progress(), capped(pending.retryAfter(), longestRetryAfter),
                    pending.word(), pending.understood());
        }
        if (meaning instanceof PollAnswer.NoAnswer none) {
            return new PollAnswer.NoAnswer(none.reason(), none.rateLimited(), capped(none.retryAfter(), longestRetryAfter));
        }
        return meaning;
    }

    private static PollAnswer done(VideoAccount account, String taskId, PollAnswer.Done done, HttpAnswer answer) {
        Optional<String> url = ResultUrl.of(account.access(), done.url());
        if (url.isPresent() || account.provider().content(taskId).isPresent()) {
            return new PollAnswer.Done(url.orElse(null), done.urlExpiresAt(), done.cost(), done.result());
        }
        return PollAnswer.Failed.unusableUrl(
                account.provider().name(), done.url(), Charged.UNKNOWN, done.cost(), answer.status());
    }

    /** @return the shorter of the two; null if {@code retryAfter} is null */
    public static Duration capped(Duration retryAfter, Duration longest) {
        return retryAfter == null || retryAfter.compareTo(longest) <= 0 ? retryAfter : longest;
    }
}
