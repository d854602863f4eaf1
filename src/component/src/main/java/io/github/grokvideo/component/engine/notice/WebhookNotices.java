// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.notice;

import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import io.github.grokvideo.component.engine.AccountWebhooks;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.WebhookResult;
import io.github.grokvideo.component.engine.WebhookResult.Outcome;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.RecentIds;
import io.github.grokvideo.component.engine.limits.AccountLimits;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.provider.WebhookVerdict;
import io.github.grokvideo.component.transport.VideoTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives webhook notices. A verified one names a job to poll; nothing else in it is believed. */
public final class WebhookNotices {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookNotices.class);

    private final JobBook book;
    private final JobTimer timer;
    private final Executor work;
    private final Accounts accounts;
    private final Function<VideoJob, Optional<Duration>> pollSoon;
    private final GatewayKeySets keySets;
    /** By account and id. Only verified notices get here, so nobody else can push others out. */
    private final RecentIds received = new RecentIds();

    /** @param pollSoon polls a job without waiting for the answer; empty = it is not polled from here */
    public WebhookNotices(
            EngineParts parts, Accounts accounts, VideoTransport transport, Function<VideoJob, Optional<Duration>> pollSoon) {
        this.book = parts.book();
        this.timer = parts.timer();
        this.work = parts.work();
        this.accounts = accounts;
        this.pollSoon = pollSoon;
        this.keySets = new GatewayKeySets(transport, timer);
    }

    /** Reads the store; blocks. The result never fails. */
    public CompletableFuture<WebhookResult> receive(VideoAccount account, WebhookNotice notice) {
        return begun(account, notice).exceptionally(failure -> {
            // Whoever sends forged notices must not fill the log; the store and the key sets log their failures themselves.
            LOG.debug("A webhook notice for account {} is left to be repeated", account.name(), EngineErrors.unwrap(failure));
            return WebhookResult.of(Outcome.UNAVAILABLE);
        }).thenApply(result -> {
            LOG.debug("Webhook notice for account {}: {}", account.name(), result);
            book.noticed(account, result);
            return result;
        });
    }

    private CompletableFuture<WebhookResult> begun(VideoAccount account, WebhookNotice notice) {
        try {
            AccountWebhooks webhooks = account.webhooks();
            if (notice.body().length > WebhookNotice.MAX_BODY) {
                return done(Outcome.OVERSIZED);
            }
            if (webhooks == null) {
                return done(Outcome.UNCONFIGURED);
            }
            List<PublicKey> known = webhooks.keySet() == null ? webhooks.keys().publicKeys() : keySets.known(webhooks.keySet());
            WebhookVerdict verdict = verified(webhooks, known, notice);
            if (webhooks.keySet() == null || !isOfUnknownKey(verdict)) {
                return CompletableFuture.completedFuture(acted(account, verdict));
            }
            return keySets.refreshed(webhooks.keySet())
                    .thenApplyAsync(keys -> acted(account, verified(webhooks, keys, notice)), work);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private WebhookVerdict verified(AccountWebhooks webhooks, List<PublicKey> publicKeys, WebhookNotice notice) {
        return webhooks.rules().verify(notice, new WebhookKeys(webhooks.keys().secrets(), publicKeys), timer.now());
    }

    private static boolean isOfUnknownKey(WebhookVerdict verdict) {
        return verdict instanceof WebhookVerdict.Refused refused && refused.reason() == WebhookVerdict.Reason.UNKNOWN_KEY;
    }

    private WebhookResult acted(VideoAccount account, WebhookVerdict verdict) {
        if (verdict instanceof WebhookVerdict.Verified verified) {
            return acted(account, verified);
        }
        return WebhookResult.of(switch (((WebhookVerdict.Refused) verdict).reason()) {
            case FORGED -> Outcome.FORGED;
            case UNKNOWN_KEY -> Outcome.UNKNOWN_KEY;
            case STALE -> Outcome.STALE;
            case UNREADABLE -> Outcome.UNREADABLE;
        });
    }

    private WebhookResult acted(VideoAccount account, WebhookVerdict.Verified notice) {
        if (notice.taskId() == null && notice.jobId() == null) {
            return WebhookResult.of(Outcome.IGNORED);
        }
        String id = account.name() + "\n" + notice.noticeId();
        if (!received.add(id)) {
            return WebhookResult.of(Outcome.REPLAYED);
        }
        try {
            // Before the store is asked: the job may be accepted at the same time.
            accounts.of(account).noticedEarly(notice.jobId() == null ? notice.taskId() : notice.jobId());
            return find(account, notice).map(this::polled).orElseGet(() -> WebhookResult.of(Outcome.UNKNOWN_TASK));
        } catch (RuntimeException away) {
            // It had no effect: its repetition is new again.
            received.remove(id);
            throw away;
        }
    }

    private Optional<VideoJob> find(VideoAccount account, WebhookVerdict.Verified notice) {
        Optional<VideoJob> job = notice.jobId() != null ? book.find(notice.jobId())
                : book.store().findByTask(account.name(), notice.taskId());
        return job.filter(found -> found.account().equals(account.name()) && found.provider().equals(account.provider().name()));
    }

    private WebhookResult polled(VideoJob job) {
        if (job.taskId() == null && !job.state().isEnded()) {
            return new WebhookResult(Outcome.UNKNOWN_TASK, job.id(), null);
        }
        AccountLimits limits = accounts.of(job);
        if (limits != null) {
            limits.noticed(job.id(), timer.now());
        }
        if (job.state() != JobState.ACCEPTED && job.state() != JobState.RUNNING) {
            return new WebhookResult(Outcome.SETTLED, job.id(), null);
        }
        return pollSoon.apply(job).map(sooner -> new WebhookResult(Outcome.POLLED, job.id(), sooner))
                .orElseGet(() -> new WebhookResult(Outcome.ELSEWHERE, job.id(), null));
    }

    private static CompletableFuture<WebhookResult> done(Outcome outcome) {
        return CompletableFuture.completedFuture(WebhookResult.of(outcome));
    }
}
