// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import io.github.grokvideo.component.engine.GatewayCall;

/** Whether the gateways answer status queries at all, even with an error. Thread-safe. */
public final class PollAnswers implements JobObserver {

    /**
     * The queries to one provider. Each is null if there was none.
     *
     * @param answered    the last one that was answered
     * @param silentSince the first unanswered one since then
     * @param lastSilent  the last unanswered one
     * @param error       of that one
     */
    public record Queries(Instant answered, Instant silentSince, Instant lastSilent, String error) {

        /** Whether none has been answered for this long, as far as any were sent. */
        public boolean isSilent(Instant now, Duration limit) {
            return silentSince != null && !silentSince.plus(limit).isAfter(now);
        }

        public boolean isAsked(Instant now, Duration within) {
            return lastSilent != null && lastSilent.plus(within).isAfter(now);
        }

        public boolean isAnswered(Instant now, Duration within) {
            return silentSince == null && answered != null && answered.plus(within).isAfter(now);
        }
    }

    private static final Queries NONE = new Queries(null, null, null, null);

    private final Clock clock;
    private final Instant begun;
    private final Map<String, Queries> providers = new ConcurrentHashMap<>();

    public PollAnswers(Clock clock) {
        this.clock = clock;
        this.begun = clock.instant();
    }

    public Map<String, Queries> providers() {
        return new TreeMap<>(providers);
    }

    /** @return when a query was last sent, else when this object was created */
    public Instant lastQuery() {
        Instant last = begun;
        for (Queries queries : providers.values()) {
            last = later(later(last, queries.answered), queries.lastSilent);
        }
        return last;
    }

    private static Instant later(Instant one, Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    @Override
    public void onChange(JobChange change) {
        // Changes only show answered queries, not unanswered ones.
    }

    @Override
    public void onCall(GatewayCall call) {
        if (call.operation() != GatewayCall.Operation.POLL) {
            return;
        }
        Instant now = clock.instant();
        providers.compute(call.account().provider().name(), (provider, known) -> {
            Queries before = known == null ? NONE : known;
            return call.status() != 0 ? new Queries(now, null, before.lastSilent, before.error)
                    : new Queries(before.answered, before.silentSince == null ? now : before.silentSince, now, call.error());
        });
    }
}
