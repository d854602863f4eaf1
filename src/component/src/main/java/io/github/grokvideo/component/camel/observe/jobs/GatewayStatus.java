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

/** How the gateways' last calls went, as far as jobs made calls: nothing is asked for it. Thread-safe. */
public final class GatewayStatus implements JobObserver {

    /**
     * How the calls of one account went. Each is null where there was none.
     *
     * @param refusedSince the first call that its key, or its rights, were refused for since the last one that was taken
     * @param lastRefusal  the last such call
     */
    public record AccountCalls(Instant lastSuccess, Instant refusedSince, Instant lastRefusal) {

        private static final AccountCalls NOTHING = new AccountCalls(null, null, null);

        /** Whether its last call was refused, not longer ago than that. Who is not called any more is not refused for ever. */
        public boolean isRefused(Instant now, Duration within) {
            return refusedSince != null && lastRefusal.plus(within).isAfter(now);
        }

        public boolean works(Instant now, Duration within) {
            return refusedSince == null && lastSuccess != null && lastSuccess.plus(within).isAfter(now);
        }
    }

    /**
     * One provider's. Each is null where there was none.
     *
     * @param lastSuccess the last call that got a usable answer
     * @param lastFailure the last call that got none, was refused or met a gateway in trouble
     * @param error       what failed then
     * @param accounts    by name
     * @param jobError    of the job that ended badly last
     */
    public record Snapshot(Instant lastSuccess, Instant lastFailure, String error, Map<String, AccountCalls> accounts, String jobError) {

        private static final Snapshot NOTHING = new Snapshot(null, null, null, Map.of(), null);

        private Snapshot succeeded(Instant at, String account) {
            return new Snapshot(at, lastFailure, error, with(account, calls -> new AccountCalls(at, null, null)), jobError);
        }

        private Snapshot failed(Instant at, String text) {
            return new Snapshot(lastSuccess, at, text, accounts, jobError);
        }

        private Snapshot refused(Instant at, String text, String account) {
            return new Snapshot(lastSuccess, at, text, with(account, calls -> new AccountCalls(
                    calls.lastSuccess, calls.refusedSince == null ? at : calls.refusedSince, at)), jobError);
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
                // Where videos are kept is not always the gateway itself: a download that worked tells nothing of it.
                return call.error() == null ? last : last.failed(now, call.error());
            }
            if (status == 0 || status >= REDIRECTION && status < CLIENT_ERROR || status == TOO_MANY || status >= SERVER_ERROR) {
                return last.failed(now, text);
            }
            if (submit && status >= CLIENT_ERROR) {
                // What it means, a wrong key or a wrong prompt, is told with what becomes of the job.
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
