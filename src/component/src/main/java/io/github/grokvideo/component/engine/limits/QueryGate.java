// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.transport.GatewayAccess;

/**
 * Limits the status queries in flight: by a {@link CallLimit} per host where they hold no thread, and as all other calls where they do.
 * Thread-safe.
 */
public final class QueryGate {

    /** Waiting calls of one host. Fewer are no reason to leave a job for later: its limit is still being found. */
    private static final int CROWD = 100;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final Map<String, Host> hosts = new ConcurrentHashMap<>();
    private final CallGate calls;
    private final Predicate<GatewayAccess> holdThreads;
    private final Executor work;

    /**
     * @param calls       the gate of the calls that hold a thread each
     * @param holdThreads whether status queries to a gateway are such calls
     * @param work        starts calls that had to wait
     */
    public QueryGate(CallGate calls, Predicate<GatewayAccess> holdThreads, Executor work) {
        this.calls = calls;
        this.holdThreads = holdThreads;
        this.work = work;
    }

    /** Whether more calls to a host wait than may run at a time. */
    public boolean isCrowded(GatewayAccess access) {
        Host host = hosts.get(host(access));
        return holdThreads.test(access) ? calls.waiting() >= CROWD : host != null && host.isCrowded();
    }

    private static String host(GatewayAccess access) {
        return String.valueOf(access.baseUrl().getRawAuthority());
    }

    public CompletableFuture<HttpAnswer> enter(GatewayAccess access, Supplier<CompletableFuture<HttpAnswer>> call) {
        return holdThreads.test(access) ? calls.ordinary(call)
                : hosts.computeIfAbsent(host(access), name -> new Host(work)).enter(call);
    }

    /** Without those in the gate of the other calls. */
    public int inFlight() {
        return hosts.values().stream().mapToInt(host -> host.gate.inFlight()).sum();
    }

    /** Without those in the gate of the other calls. */
    public int waiting() {
        return hosts.values().stream().mapToInt(host -> host.gate.waiting()).sum();
    }

    /** One host: its gate has as many places as its limit says. */
    private static final class Host {

        private final AtomicReference<CallLimit> limit = new AtomicReference<>(CallLimit.first(System.nanoTime()));
        private final CallGate gate;

        Host(Executor work) {
            this.gate = new CallGate(CallLimit.FIRST, work);
        }

        CompletableFuture<HttpAnswer> enter(Supplier<CompletableFuture<HttpAnswer>> call) {
            return gate.ordinary(() -> {
                long begun = System.nanoTime();
                return call.get().whenComplete((answer, failure) -> ended(begun, failure == null && !isOverloaded(answer)));
            });
        }

        boolean isCrowded() {
            return gate.waiting() >= Math.max(CROWD, limit.get().calls());
        }

        /** Before the gate lets the next call in. If two calls end together, the older limit may apply until the next one ends. */
        private void ended(long begun, boolean answered) {
            long now = System.nanoTime();
            boolean waiting = gate.waiting() > 0;
            gate.resize(limit.updateAndGet(
                    before -> answered ? before.answered(begun, now, waiting) : before.failed(begun, now)).calls());
        }

        private static boolean isOverloaded(HttpAnswer answer) {
            return answer.status() >= BAD_GATEWAY && answer.status() <= GATEWAY_TIMEOUT;
        }
    }
}
