package io.github.grokvideo.simulator.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was charged and refunded: one charge for every job ever created, whatever its price. Safe for any number of threads. */
public final class Ledger {

    private final List<LedgerEntry> entries = new ArrayList<>();
    private final Map<String, BigDecimal> spent = new HashMap<>();
    private final Runnable settle;

    /**
     * @param settle books the refunds that have come due; refunds happen with time, so it is called before every look
     */
    public Ledger(Runnable settle) {
        this.settle = settle;
    }

    /** Books an entry. */
    public synchronized void book(LedgerEntry entry) {
        entries.add(entry);
        BigDecimal change = entry.kind() == LedgerEntry.Kind.CHARGE ? entry.amount() : entry.amount().negate();
        spent.merge(entry.gateway(), change, BigDecimal::add);
    }

    /** All entries in the order they were booked. */
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
    public int jobs(String gateway) {
        return (int) charges().stream().filter(e -> e.gateway().equals(gateway)).count();
    }

    /** How many jobs all gateways have created and charged. */
    public int jobs() {
        return charges().size();
    }

    /** Charges less refunds of a gateway, in its own unit. */
    public BigDecimal spent(String gateway) {
        settle.run();
        synchronized (this) {
            return spent.getOrDefault(gateway, BigDecimal.ZERO);
        }
    }

    /** Forgets everything. */
    public synchronized void clear() {
        entries.clear();
        spent.clear();
    }

    private List<LedgerEntry> of(LedgerEntry.Kind kind) {
        return entries().stream().filter(e -> e.kind() == kind).toList();
    }
}
