// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.fault;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Pending faults, in the order in which they were planned. Thread-safe. */
public final class FaultQueue {

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    /** Checked by every request without a lock, since most queues are always empty. */
    private volatile boolean empty = true;

    public FaultQueue(Collection<Fault> faults) {
        faults.forEach(this::addLast);
    }

    synchronized void addLast(Fault fault) {
        waiting.addLast(new Waiting(fault));
        empty = false;
    }

    synchronized void addFirst(Fault fault) {
        waiting.addFirst(new Waiting(fault));
        empty = false;
    }

    synchronized void clear() {
        waiting.clear();
        empty = true;
    }

    /** Replaces all pending faults. */
    public synchronized void replace(Collection<Fault> faults) {
        clear();
        faults.forEach(this::addLast);
    }

    /** Whether no fault is pending. */
    public boolean isEmpty() {
        return empty;
    }

    /** The fault for this request if one is due, which uses it up once. */
    public Optional<Fault> take(String gateway, FaultStage stage) {
        return empty ? Optional.empty() : find(gateway, stage);
    }

    private synchronized Optional<Fault> find(String gateway, FaultStage stage) {
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext();) {
            Waiting next = all.next();
            boolean matches = next.fault.kind().stage() == stage
                    && (next.fault.gateway() == null || next.fault.gateway().equals(gateway));
            if (matches && next.passes > 0) {
                next.passes--;
            } else if (matches) {
                if (next.fault.times() > 0 && --next.left == 0) {
                    all.remove();
                    empty = waiting.isEmpty();
                }
                return Optional.of(next.fault);
            }
        }
        return Optional.empty();
    }

    /** The pending faults, with the remaining times and the remaining unaffected requests. */
    public synchronized List<Fault> pending() {
        List<Fault> pending = new ArrayList<>();
        waiting.forEach(w -> pending.add(w.fault.times(w.left).after(w.passes)));
        return List.copyOf(pending);
    }

    private static final class Waiting {
        private final Fault fault;
        private int left;
        private int passes;

        private Waiting(Fault fault) {
            this.fault = fault;
            this.left = fault.times();
            this.passes = fault.after();
        }
    }
}
