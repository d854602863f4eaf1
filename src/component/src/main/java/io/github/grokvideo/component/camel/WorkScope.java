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
    private volatile boolean open = true;
    private List<Consumer<Boolean>> listeners;

    /** @param from what the exchange was copied from; null = it is an original */
    WorkScope(Exchange exchange, WorkScope from) {
        this.exchangeId = exchange.getExchangeId();
        this.indexes = CallPlace.Indexes.of(exchange);
        this.memory = from == null ? new SubmitMemory() : from.memory;
        this.position = from == null ? "" : from.position + indexes.since(from.indexes);
        this.parent = from == null || from.isOpen() ? from : from.parent();
    }

    SubmitMemory memory() {
        return memory;
    }

    /** Which part of which split, which turn of which loop this is, from the outermost to the innermost. */
    String position() {
        return position;
    }

    /** What the exchange began with. */
    CallPlace.Indexes indexes() {
        return indexes;
    }

    boolean isOf(Exchange other) {
        return exchangeId.equals(other.getExchangeId());
    }

    boolean isOpen() {
        return open;
    }

    /** @return the nearest of those it was copied from whose work still goes on; null = none */
    WorkScope parent() {
        WorkScope outer = parent;
        while (outer != null && !outer.isOpen()) {
            outer = outer.parent;
        }
        // A message that goes from queue to queue must not keep all it has been before.
        parent = outer;
        return outer;
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
            open = false;
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
