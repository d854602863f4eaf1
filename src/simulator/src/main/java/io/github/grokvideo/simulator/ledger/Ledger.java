// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.ledger;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Charges and refunds: one charge for every job ever created, whatever its price. Beyond {@value #CAPACITY} the oldest entries are removed,
 * but counts and sums stay complete. Thread-safe.
 */
public final class Ledger {

    /** How many entries are kept. */
    public static final int CAPACITY = 400_000;

    private final Deque<LedgerEntry> entries = new ArrayDeque<>();
    private final Map<String, Integer> jobs = new HashMap<>();
    private final Map<String, BigDecimal> spent = new HashMap<>();
    private final Runnable settle;

    /**
     * @param settle books the refunds that are due; called before every read, since refunds depend on time
     */
    public Ledger(Runnable settle) {
        this.settle = settle;
    }

    /** Books an entry. */
    public synchronized void book(LedgerEntry entry) {
        entries.addLast(entry);
        if (entries.size() > CAPACITY) {
            entries.removeFirst();
        }
        boolean charge = entry.kind() == LedgerEntry.Kind.CHARGE;
        jobs.merge(entry.gateway(), charge ? 1 : 0, Integer::sum);
        spent.merge(entry.gateway(), charge ? entry.amount() : entry.amount().negate(), BigDecimal::add);
    }

    /** The latest entries in the order they were booked. */
    public List<LedgerEntry> entries() {
        settle.run();
        synchronized (this) {
            return List.copyOf(entries);
        }
    }

    /** The charges alone. */
    public List<LedgerEntry> charges() {
        return of(LedgerEntry.Kind.CHARGE);
    }

    /** The refunds alone. */
    public List<LedgerEntry> refunds() {
        return of(LedgerEntry.Kind.REFUND);
    }

    /** How many jobs a gateway has created and charged. */
    public synchronized int jobs(String gateway) {
        return jobs.getOrDefault(gateway, 0);
    }

    /** How many jobs all gateways have created and charged. */
    public synchronized int jobs() {
        return jobs.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Charges minus refunds of a gateway, in its own unit. */
    public BigDecimal spent(String gateway) {
        settle.run();
        synchronized (this) {
            return spent.getOrDefault(gateway, BigDecimal.ZERO);
        }
    }

    /** Removes everything. */
    public synchronized void clear() {
        entries.clear();
        jobs.clear();
        spent.clear();
    }

    private List<LedgerEntry> of(LedgerEntry.Kind kind) {
        return entries().stream().filter(e -> e.kind() == kind).toList();
    }
}
