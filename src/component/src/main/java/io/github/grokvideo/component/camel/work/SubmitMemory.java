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
 * Which jobs a message has begun, one for the original exchange and all its copies: a call that Camel repeats finds the job it has paid
 * for, whichever copy or producer it comes through. Thread-safe.
 *
 * <p>A call comes again where an earlier one for the same request
 * <ul>
 * <li>is within what Camel redelivers, at the same node, or
 * <li>has failed and its job lives on, at the same {@link CallPlace}, or
 * <li>has handed on its video to an exchange that was thrown away for another copy of the same exchange, at the same place: a load
 * balancer's failover.
 * </ul>
 * What the message has seen already is not repeated. Camel puts back the headers when it redelivers a step, but no properties: so a
 * header says what came before the redelivered step, and a property what came before a copy was made.
 */
public final class SubmitMemory {

    /** Header and exchange property: {@link Seen}. */
    private static final String SEEN = "CamelGrokVideoSeen";
    /** A loop may run for ever: more calls than these that have handed on their video are forgotten, the oldest first. */
    private static final int MAX_FINISHED = 10_000;

    /** Of all messages, since a message may take up the headers of another. */
    private static final AtomicLong COUNT = new AtomicLong();

    /**
     * The last call whose outcome is in the message. A type of its own, so that it never leaves the JVM.
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
        /** How many exchanges are at this call: more than one where a circuit breaker has lost patience with the first. */
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

        /** Whether it comes again at its very place. */
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

        /** @param createdNothing whether there is no job to come back to */
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
    private final Map<String, List<Call>> calls = new HashMap<>();
    private final Deque<Call> finished = new ArrayDeque<>();

    /**
     * Begins a call, or takes up the one that Camel repeats.
     *
     * @param request what is ordered: operation, account, job key and request, as one text
     * @param scope   where the exchange works
     */
    public Call begin(String request, Exchange exchange, WorkScope scope) {
        CallPlace place = CallPlace.of(exchange, scope);
        lock.lock();
        try {
            List<Call> same = calls.computeIfAbsent(request, key -> new ArrayList<>(1));
            Call call = same.stream().filter(known -> known.isRepeatedAt(place, exchange)).findFirst()
                    // An index that an earlier part of the step has left on the exchange may be another one this time.
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

    /** Camel repeats a step of an exchange: any call that this exchange or a copy of it has made may be a part of the step. */
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
