// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * One unit of work that Camel creates for a message: that of the original exchange, or of a copy that an EIP routes by itself (split,
 * multicast, recipientList, circuitBreaker, enrich, wireTap, a Kamelet, seda). All share the memory of the jobs that the message has
 * submitted. Thread-safe.
 */
public final class WorkScope {

    private final ReentrantLock lock = new ReentrantLock();
    private final String exchangeId;
    private final SubmitMemory memory;
    private final CallPlace.Indexes indexes;
    private final String position;
    /** null = this is the original, or everything it was copied from has ended. */
    private volatile WorkScope parent;
    private volatile boolean open = true;
    private boolean done;
    private List<Listener> listeners;

    /** Is notified of how the work ends, on the thread that ends it. */
    public interface Listener {

        /** The work is done; the source of the message is notified next. Called once, before {@link #ended}. */
        default void done(boolean success) {
        }

        /** Nothing processes the message any more, including blocks that run after its source was notified. Called once. */
        default void ended(boolean success) {
        }
    }

    /** Camel runs synchronizations in reverse order: this one after all that the route adds, and before the source's own. */
    private final class Done extends SynchronizationAdapter {

        @Override
        public boolean allowHandover() {
            return false;
        }

        @Override
        public void onDone(Exchange exchange) {
            done(!exchange.isFailed());
        }
    }

    /** @param from what the exchange was copied from; null = it is an original */
    WorkScope(Exchange exchange, WorkScope from) {
        this.exchangeId = exchange.getExchangeId();
        this.indexes = CallPlace.Indexes.of(exchange);
        this.memory = from == null ? new SubmitMemory() : from.memory;
        this.position = from == null ? "" : from.position + indexes.since(from.indexes);
        this.parent = from == null || from.isOpen() ? from : from.parent();
    }

    public SubmitMemory memory() {
        return memory;
    }

    /** Parts of splits and turns of loops, from the outermost to the innermost. */
    String position() {
        return position;
    }

    /** The indexes that the exchange began with. */
    CallPlace.Indexes indexes() {
        return indexes;
    }

    boolean isOf(Exchange other) {
        return exchangeId.equals(other.getExchangeId());
    }

    boolean isOpen() {
        return open;
    }

    /** @return the nearest open scope among those it was copied from; null = none */
    WorkScope parent() {
        WorkScope outer = parent;
        while (outer != null && !outer.isOpen()) {
            outer = outer.parent;
        }
        // A message that moves from queue to queue must not retain all its earlier scopes.
        parent = outer;
        return outer;
    }

    /** Whether this is the other scope or was copied from it, directly or not. */
    boolean isWithin(WorkScope other) {
        for (WorkScope scope = this; scope != null; scope = scope.parent()) {
            if (scope == other) {
                return true;
            }
        }
        return false;
    }

    /** Registers for the end of the exchange's unit of work, which begins now. */
    void follow(Exchange exchange) {
        exchange.getExchangeExtension().addOnCompletion(new Done());
    }

    /**
     * Registers a listener.
     *
     * @return how much will be reported to it
     */
    Coverage listen(Listener listener) {
        lock.lock();
        try {
            if (!isOpen()) {
                return Coverage.NOTHING;
            }
            if (listeners == null) {
                listeners = new ArrayList<>(2);
            }
            listeners.add(listener);
            return done ? Coverage.END : Coverage.ALL;
        } finally {
            lock.unlock();
        }
    }

    /** What will be reported to a listener. */
    enum Coverage {
        /** That the work is done, and that it has ended. */
        ALL,
        /** That it has ended: it is done already. */
        END,
        NOTHING
    }

    private void done(boolean success) {
        List<Listener> toNotify;
        lock.lock();
        try {
            if (done) {
                return;
            }
            done = true;
            toNotify = listeners == null ? List.of() : List.copyOf(listeners);
        } finally {
            lock.unlock();
        }
        toNotify.forEach(listener -> listener.done(success));
    }

    void end(boolean success) {
        done(success);
        List<Listener> toNotify;
        lock.lock();
        try {
            open = false;
            toNotify = listeners == null ? List.of() : listeners;
            listeners = null;
        } finally {
            lock.unlock();
        }
        toNotify.forEach(listener -> listener.ended(success));
    }

    @Override
    public String toString() {
        return "WorkScope[" + exchangeId + position + "]";
    }
}
