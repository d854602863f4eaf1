// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import io.github.grokvideo.simulator.job.SimulatedJob;

/**
 * A charge or a refund.
 *
 * @param clientBusinessId the caller's own id of the job; null if none was sent
 * @param amount           what was charged or refunded, never negative; 0 if the price is undocumented
 * @param unit             the gateway's unit, {@code USD} or {@code credits}
 */
public record LedgerEntry(String gateway, String taskId, String model, String clientBusinessId, String prompt, BigDecimal amount,
        String unit, Instant time, Kind kind) {

    /** The charge for a job, when it is accepted. */
    public static LedgerEntry charge(SimulatedJob job, String unit) {
        return of(job, unit, job.created(), Kind.CHARGE);
    }

    /** The refund for a failed job, when it fails. */
    public static LedgerEntry refund(SimulatedJob job, String unit) {
        return of(job, unit, job.finished(), Kind.REFUND);
    }

    private static LedgerEntry of(SimulatedJob job, String unit, Instant time, Kind kind) {
        return new LedgerEntry(job.gateway(), job.id(), job.model(), job.clientBusinessId(), job.prompt(), job.price(), unit, time, kind);
    }

    /** Charge or refund. */
    public enum Kind {
        CHARGE, REFUND
    }
}
