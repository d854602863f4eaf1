package io.github.grokvideo.component.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * One unit of work among those that Camel makes of a message: that of the original exchange, or that of a copy which an EIP routes by
 * itself (split, multicast, recipientList, circuitBreaker, enrich, wireTap, a Kamelet, seda). All of them share the memory of what the
 * message has submitted. Thread-safe.
 */
final class WorkScope {

    private final ReentrantLock lock = new ReentrantLock();
    private final String exchangeId;
    private final SubmitMemory memory;
    private final CallPlace.Indexes indexes;
    private final String position;
    /** null = this is the original, or nothing it was copied from still goes on. */
    private volatile WorkScope parent;
    /** null = has ended. */
    private volatile Exchange exchange;
    private List<Consumer<Boolean>> listeners;

    /** @param from what the exchange was copied from; null = it is an original */
    WorkScope(Exchange exchange, WorkScope from) {
        this.exchange = exchange;
        this.exchangeId = exchange.getExchangeId();
        this.indexes = CallPlace.Indexes.of(exchange);
        this.memory = from == null ? new SubmitMemory() : from.memory;
        this.position = from == null ? "" : from.position + indexes.since(from.indexes, from.indexesNow());
        this.parent = from == null || from.isOpen() ? from : from.parent();
    }

    SubmitMemory memory() {
        return memory;
    }

    /** Which part of which split, and so on, this is: the same text when Camel makes the same copy once more. */
    String position() {
        return position;
    }

    /** What the exchange began with. */
    CallPlace.Indexes indexes() {
        return indexes;
    }

    private CallPlace.Indexes indexesNow() {
        Exchange open = exchange;
        return open == null ? CallPlace.Indexes.NONE : CallPlace.Indexes.of(open);
    }

    boolean isOf(Exchange other) {
        return exchangeId.equals(other.getExchangeId());
    }

    boolean isOpen() {
        return exchange != null;
    }

    /** @return the nearest of those it was copied from whose work still goes on; null = none */
    WorkScope parent() {
        WorkScope open = parent;
        while (open != null && !open.isOpen()) {
            open = open.parent;
        }
        // A message that goes from queue to queue must not keep all it has been before.
        parent = open;
        return open;
    }

    /** Whether this is the other one or was copied from it, directly or not. */
    boolean isWithin(WorkScope other) {
        for (WorkScope scope = this; scope != null; scope = scope.parent()) {
            if (scope == other) {
                return true;
            }
        }
        return false;
    }

    /**
     * Asks to be told when the work has ended.
     *
     * @param  listener called once, on the thread that ends the work, with whether it has succeeded
     * @return          whether it will be called: false = the work has ended already
     */
    boolean onEnd(Consumer<Boolean> listener) {
        lock.lock();
        try {
            if (!isOpen()) {
                return false;
            }
            if (listeners == null) {
                listeners = new ArrayList<>(2);
            }
            return listeners.add(listener);
        } finally {
            lock.unlock();
        }
    }

    void end(boolean success) {
        List<Consumer<Boolean>> told;
        lock.lock();
        try {
            exchange = null;
            told = listeners == null ? List.of() : listeners;
            listeners = null;
        } finally {
            lock.unlock();
        }
        told.forEach(listener -> listener.accept(success));
    }

    @Override
    public String toString() {
        return "WorkScope[" + exchangeId + position + "]";
    }
}
