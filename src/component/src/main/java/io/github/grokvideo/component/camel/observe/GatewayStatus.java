package io.github.grokvideo.component.camel.observe;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.JobError;

/** How the gateways' last calls went, as far as jobs made calls: nothing is asked for it. Thread-safe. */
final class GatewayStatus implements JobObserver {

    /**
     * One provider's. Each is null where there was none.
     *
     * @param lastSuccess  the last call that got a usable answer
     * @param lastFailure  the last call that got none, was refused or met a gateway in trouble
     * @param error        what failed then
     * @param refusedSince the first call that was refused with 401 or 403 since the last one that was not, by account
     * @param jobError     of the job that ended badly last
     */
    record Snapshot(Instant lastSuccess, Instant lastFailure, String error, Map<String, Instant> refusedSince, String jobError) {

        private static final Snapshot NOTHING = new Snapshot(null, null, null, Map.of(), null);

        private Snapshot succeeded(Instant at, String account) {
            return new Snapshot(at, lastFailure, error, without(account), jobError);
        }

        private Snapshot failed(Instant at, String text) {
            return new Snapshot(lastSuccess, at, text, refusedSince, jobError);
        }

        private Snapshot refused(Instant at, String text, String account) {
            Map<String, Instant> refused = new TreeMap<>(refusedSince);
            refused.putIfAbsent(account, at);
            return new Snapshot(lastSuccess, at, text, refused, jobError);
        }

        private Snapshot jobFailed(String text) {
            return new Snapshot(lastSuccess, lastFailure, error, refusedSince, text);
        }

        private Map<String, Instant> without(String account) {
            if (!refusedSince.containsKey(account)) {
                return refusedSince;
            }
            Map<String, Instant> rest = new TreeMap<>(refusedSince);
            rest.remove(account);
            return rest;
        }
    }

    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;

    private final Clock clock;
    private final Map<String, Snapshot> providers = new ConcurrentHashMap<>();

    GatewayStatus(Clock clock) {
        this.clock = clock;
    }

    Map<String, Snapshot> providers() {
        return new TreeMap<>(providers);
    }

    @Override
    public void onCall(GatewayCall call) {
        if (call.operation() == GatewayCall.Operation.DOWNLOAD) {
            downloaded(call);
            return;
        }
        int status = call.status();
        String account = call.account().name();
        Instant now = clock.instant();
        providers.compute(call.account().provider().name(), (name, known) -> {
            Snapshot last = known == null ? Snapshot.NOTHING : known;
            if (status == 401 || status == 403) {
                return last.refused(now, "HTTP " + status, account);
            }
            if (status == 0 || status >= SERVER_ERROR || status == TOO_MANY) {
                return last.failed(now, status == 0 ? call.error() : "HTTP " + status);
            }
            // Also a 400: the gateway is there and knows the key.
            return last.succeeded(now, account);
        });
    }

    /** Where videos are kept is not always the gateway itself: a download that worked tells nothing of it. */
    private void downloaded(GatewayCall call) {
        if (call.error() != null) {
            providers.compute(call.account().provider().name(), (name, known) -> (known == null ? Snapshot.NOTHING : known)
                    .failed(clock.instant(), call.error()));
        }
    }

    @Override
    public void onChange(JobChange change) {
        JobError error = change.after().error();
        if (change.isEnd() && error != null && error.type() != ErrorType.DETACHED) {
            providers.compute(change.after().provider(), (name, known) -> (known == null ? Snapshot.NOTHING : known)
                    .jobFailed(error.type() + " (job " + change.after().id() + "): " + error.message()));
        }
    }
}
