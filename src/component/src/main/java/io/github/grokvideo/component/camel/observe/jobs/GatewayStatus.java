// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/** Outcomes of the last calls to each gateway, as far as jobs made calls; makes no calls of its own. Thread-safe. */
public final class GatewayStatus implements JobObserver {

    /**
     * Outcomes of the calls of one account. Each is null if there was none.
     *
     * @param refusedSince first refusal of its key or permissions since the last accepted call
     * @param lastRefusal  the last such call
     * @param refusal      what the gateway answered then
     */
    public record AccountCalls(Instant lastSuccess, Instant refusedSince, Instant lastRefusal, String refusal) {

        private static final AccountCalls NOTHING = new AccountCalls(null, null, null, null);

        /** Whether its last call was refused within that time. An account that is no longer used does not count as refused forever. */
        public boolean isRefused(Instant now, Duration within) {
            return refusedSince != null && lastRefusal.plus(within).isAfter(now);
        }

        public boolean works(Instant now, Duration within) {
            return refusedSince == null && lastSuccess != null && lastSuccess.plus(within).isAfter(now);
        }
    }

    /**
     * Outcomes of the calls to one provider. Each is null if there was none.
     *
     * @param lastSuccess the last call with a usable answer
     * @param lastFailure the last call that got no answer, was refused or met a failing gateway
     * @param error       what failed then
     * @param accounts    by name
     * @param jobError    error of the last job that failed
     */
    public record Snapshot(Instant lastSuccess, Instant lastFailure, String error, Map<String, AccountCalls> accounts, String jobError) {

        private static final Snapshot NOTHING = new Snapshot(null, null, null, Map.of(), null);

        private Snapshot succeeded(Instant at, String account) {
            return new Snapshot(at, lastFailure, error, with(account, calls -> new AccountCalls(at, null, null, null)), jobError);
        }

        private Snapshot failed(Instant at, String text) {
            return new Snapshot(lastSuccess, at, text, accounts, jobError);
        }

        private Snapshot refused(Instant at, String text, String account) {
            return new Snapshot(lastSuccess, at, text, with(account, calls -> new AccountCalls(
                    calls.lastSuccess, calls.refusedSince == null ? at : calls.refusedSince, at, text)), jobError);
        }

        private Snapshot jobFailed(String text) {
            return new Snapshot(lastSuccess, lastFailure, error, accounts, text);
        }

        private Map<String, AccountCalls> with(String account, UnaryOperator<AccountCalls> change) {
            Map<String, AccountCalls> changed = new TreeMap<>(accounts);
            changed.put(account, change.apply(accounts.getOrDefault(account, AccountCalls.NOTHING)));
            return changed;
        }
    }

    /** How long the outcome of an account's last call says how it is now. */
    public static final Duration FRESH = Duration.ofMinutes(10);

    private static final int REDIRECTION = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final Clock clock;
    private final Map<String, Snapshot> providers = new ConcurrentHashMap<>();

    public GatewayStatus(Clock clock) {
        this.clock = clock;
    }

    public Map<String, Snapshot> providers() {
        return new TreeMap<>(providers);
    }

    @Override
    public void onCall(GatewayCall call) {
        String account = call.account().name();
        int status = call.status();
        Instant now = clock.instant();
        String text = status == 0 ? call.error() : "HTTP " + status;
        boolean submit = call.operation() == GatewayCall.Operation.SUBMIT;
        update(call.account().provider().name(), last -> {
            if (call.operation() == GatewayCall.Operation.DOWNLOAD) {
                // Videos may be hosted elsewhere, so a successful download says nothing about the gateway.
                return call.error() == null ? last : last.failed(now, call.error());
            }
            if (status == 0 || status >= REDIRECTION && status < CLIENT_ERROR || status == TOO_MANY || status >= SERVER_ERROR) {
                return last.failed(now, text);
            }
            if (submit && status >= CLIENT_ERROR) {
                // Whether the key or the prompt was wrong is reported with the outcome of the job.
                return last;
            }
            return status == UNAUTHORIZED || status == FORBIDDEN ? last.refused(now, text, account) : last.succeeded(now, account);
        });
    }

    @Override
    public void onChange(JobChange change) {
        VideoJob job = change.after();
        JobError error = job.error();
        if (!change.isEnd() || error == null) {
            return;
        }
        Instant now = clock.instant();
        if (job.state() == JobState.REJECTED && error.httpStatus() != null && error.httpStatus() != TOO_MANY) {
            update(job.provider(), last -> error.type() == ErrorType.AUTHENTICATION
                    ? last.refused(now, "HTTP " + error.httpStatus(), job.account()) : last.succeeded(now, job.account()));
        }
        if (error.type() != ErrorType.DETACHED) {
            update(job.provider(), last -> last.jobFailed(
                    error.type() + " (job " + job.id() + "): " + Prompts.masked(job, error.message())));
        }
    }

    private void update(String provider, UnaryOperator<Snapshot> change) {
        providers.compute(provider, (name, known) -> change.apply(known == null ? Snapshot.NOTHING : known));
    }
}
