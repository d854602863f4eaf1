package io.github.grokvideo.simulator.ledger;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One movement of money.
 *
 * @param clientBusinessId the caller's own id of the job; null where none was sent
 * @param amount           what was charged or refunded, never negative; 0 where the price is not documented
 * @param unit             {@code USD} or {@code credits}, as the gateway counts
 */
public record LedgerEntry(String gateway, String taskId, String model, String clientBusinessId, String prompt, BigDecimal amount,
        String unit, Instant time, Kind kind) {

    /** Which way the money went. */
    public enum Kind {
        CHARGE, REFUND
    }
}
