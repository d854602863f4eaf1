// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.work;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;

/**
 * The jobs that a message has begun, shared by the original exchange and all its copies: a call that Camel repeats finds the job it has
 * already paid for, through whichever copy or producer it comes. Thread-safe.
 *
 * <p>A call is a repetition if an earlier one for the same request
 * <ul>
 * <li>is within the step that Camel redelivers, at the same node, or
 * <li>has failed while its job is still alive, at the same {@link CallPlace}, or
 * <li>has delivered its video to an exchange that was discarded for another copy of the same exchange, at the same place: a load balancer's
 * failover.
 * </ul>
 * An outcome that the message has already seen is not repeated. Camel restores headers when it redelivers a step, but not properties: a
 * header marks what came before the redelivered step, a property what came before a copy was made.
 */
public final class SubmitMemory {

    /** Header and exchange property: {@link Seen}. */
    private static final String SEEN = "CamelGrokVideoSeen";
    /** A loop may run forever: beyond this many delivered calls, the oldest are forgotten. */
    private static final int MAX_FINISHED = 10_000;

    /** Counts the calls of all messages, since a message may take over the headers of another. */
    private static final AtomicLong COUNT = new AtomicLong();

    /**
     * The last call whose outcome is in the message. A dedicated type that no transport sends, so that it never leaves the JVM.
     *
     * @param number of the call
     */
    private record Seen(long number) {
    }

    /** One call and its job. Guarded by the memory's lock. */
    public final class Call {
        private final String request;
        private final CallPlace place;
        private final WorkScope scope;
        private final String exchangeId;
        private final long number = COUNT.incrementAndGet();
        private final String jobId = UUID.randomUUID().toString();
        /** How many exchanges are at this call: more than one if a circuit breaker has timed out on the first. */
        private int running;
        private boolean handedOn;
        private boolean redelivered;

        private Call(String request, CallPlace place, WorkScope scope, String exchangeId) {
            this.request = request;
            this.place = place;
            this.scope = scope;
            this.exchangeId = exchangeId;
        }

        public String jobId() {
            return jobId;
        }

        /** Whether it is repeated at exactly its place. */
        private boolean isRepeatedAt(CallPlace there, Exchange exchange) {
            boolean failed = running == 0 && !handedOn;
            boolean thrownAway = handedOn && exchangeId.equals(exchange.getExchangeId()) && isUnseen(exchange.getProperty(SEEN));
            return place.is(there) && (failed || thrownAway || isRedeliveredTo(there, exchange));
        }

        private boolean isRedeliveredTo(CallPlace there, Exchange exchange) {
            return redelivered && place.isAtNodeOf(there) && isUnseen(exchange.getMessage().getHeader(SEEN));
        }

        private boolean isUnseen(Object seen) {
            return !(seen instanceof Seen last) || number > last.number;
        }

        /** The outcome is in the message. */
        public void handedOn(Exchange exchange) {
            if (isUnseen(exchange.getMessage().getHeader(SEEN))) {
                exchange.getMessage().setHeader(SEEN, new Seen(number));
            }
            if (isUnseen(exchange.getProperty(SEEN))) {
                exchange.setProperty(SEEN, new Seen(number));
            }
            lock.lock();
            try {
                running--;
                if (!handedOn) {
                    handedOn = true;
                    finished.add(this);
                }
                if (finished.size() > MAX_FINISHED) {
                    forget(finished.remove());
                }
            } finally {
                lock.unlock();
            }
        }

        /** @param createdNothing whether there is no job to resume */
        public void failed(boolean createdNothing) {
            lock.lock();
            try {
                running--;
                if (createdNothing) {
                    forget(this);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    /** Most messages make one call: there may be very many that wait. */
    private final Map<String, List<Call>> calls = new HashMap<>(2);
    private final Deque<Call> finished = new ArrayDeque<>(1);

    /**
     * Begins a call, or resumes the one that Camel repeats.
     *
     * @param request what is ordered: operation, account, job key and request, as one text
     * @param scope   of the exchange
     */
    public Call begin(String request, Exchange exchange, WorkScope scope) {
        CallPlace place = CallPlace.of(exchange, scope);
        lock.lock();
        try {
            List<Call> same = calls.computeIfAbsent(request, key -> new ArrayList<>(1));
            Call call = same.stream().filter(known -> known.isRepeatedAt(place, exchange)).findFirst()
                    // Indexes left on the exchange by an earlier part of the step may differ this time.
                    .or(() -> same.stream().filter(known -> known.isRedeliveredTo(place, exchange)).findFirst())
                    .orElseGet(() -> newCall(request, place, scope, exchange));
            call.running++;
            call.redelivered = false;
            return call;
        } finally {
            lock.unlock();
        }
    }

    private Call newCall(String request, CallPlace place, WorkScope scope, Exchange exchange) {
        Call call = new Call(request, place, scope, exchange.getExchangeId());
        calls.get(request).add(call);
        return call;
    }

    /** Camel redelivers a step of an exchange, which may include any call made by this exchange or a copy of it. */
    void redelivered(WorkScope scope) {
        lock.lock();
        try {
            calls.values().forEach(same -> same.stream().filter(call -> call.scope.isWithin(scope))
                    .forEach(call -> call.redelivered = true));
        } finally {
            lock.unlock();
        }
    }

    private void forget(Call call) {
        calls.computeIfPresent(call.request, (request, same) -> {
            same.remove(call);
            return same.isEmpty() ? null : same;
        });
    }
}
