// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;

/**
 * What a job may still cost and what it has cost. A job that is submitted again after a lost answer has the amounts of both submits.
 *
 * @param state     whether the amount of the last submit is known
 * @param unit      unit of all amounts, {@link Cost#USD} or {@link Cost#CREDITS}; null = the price is unknown
 * @param estimate  what the last submit was expected to cost; null = unknown
 * @param reserved  what is reserved for the last submit; 0 unless {@link State#OPEN}
 * @param estimated what was spent, as far as the gateway has not reported it
 * @param reported  what was spent, as reported by the gateway
 * @param at        when the last submit was reserved: budgets count it in the periods of that time
 * @param changedAt when the charge changed
 */
public record JobCharge(
        State state, String unit, BigDecimal estimate, BigDecimal reserved, BigDecimal estimated, BigDecimal reported, Instant at,
        Instant changedAt) {

    /** xAI reports ten decimals, its "ticks" of a dollar; nothing reports more. */
    public static final int SCALE = 10;
    private static final BigDecimal ZERO = BigDecimal.ZERO.setScale(SCALE);

    /** Whether it is known what a submit has cost. */
    public enum State {
        /** It may still cost what is reserved. */
        OPEN,
        /** It has cost something. */
        SETTLED,
        /** It has cost nothing. */
        RELEASED
    }

    /**
     * @param state     never null
     * @param unit      null = the price is unknown
     * @param estimate  null = unknown
     * @param reserved  null = 0
     * @param estimated null = 0
     * @param reported  null = 0
     * @param at        never null
     * @param changedAt never null
     */
    public JobCharge {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(changedAt, "changedAt");
        estimate = estimate == null ? null : scaled(estimate);
        reserved = scaled(reserved);
        estimated = scaled(estimated);
        reported = scaled(reported);
    }

    private static BigDecimal scaled(BigDecimal amount) {
        return amount == null ? ZERO : amount.setScale(SCALE, RoundingMode.HALF_UP);
    }

    /** @return everything that counts against a budget */
    public BigDecimal total() {
        return reserved.add(estimated).add(reported);
    }

    /**
     * @param  before   the job's charge so far; null = none
     * @param  estimate what a submit is expected to cost; null = unknown
     * @param  now      when it is about to be sent
     * @return          with that amount reserved; unchanged if it is reserved already, for a try that created nothing
     */
    public static JobCharge reserved(JobCharge before, Cost estimate, Instant now) {
        if (before != null && before.state == State.OPEN) {
            return before;
        }
        BigDecimal amount = estimate == null ? null : estimate.amount();
        if (before == null || before.state == State.RELEASED) {
            return new JobCharge(State.OPEN, estimate == null ? null : estimate.unit(), amount, amount, null, null, now, now);
        }
        // The answer to an earlier submit was lost: what that one cost stays.
        String unit = before.unit == null && estimate != null ? estimate.unit() : before.unit;
        BigDecimal counted = estimate != null && estimate.unit().equals(unit) ? amount : null;
        return new JobCharge(State.OPEN, unit, counted, counted, before.estimated, before.reported, now, now);
    }

    /**
     * @param  told what the gateway reports; null = nothing. Ignored in another unit than that of the estimate
     * @param  now  the time
     * @return      with the amount reported, else with the estimate, as spent
     */
    public JobCharge settled(Cost told, Instant now) {
        BigDecimal amount = told == null || told.estimated() || unit != null && !unit.equals(told.unit()) ? null : scaled(told.amount());
        if (amount == null) {
            return state == State.SETTLED ? this
                    : new JobCharge(State.SETTLED, unit, estimate, null, estimated.add(scaled(estimate)), reported, at, now);
        }
        if (state == State.SETTLED) {
            // It was counted with its estimate, or the gateway has changed its mind.
            boolean byEstimate = estimate != null && reported.signum() == 0 && estimated.compareTo(estimate) >= 0;
            BigDecimal others = byEstimate ? estimated.subtract(estimate) : estimated;
            return others.equals(estimated) && reported.equals(amount) && unit != null ? this
                    : new JobCharge(State.SETTLED, told.unit(), estimate, null, others, amount, at, now);
        }
        return new JobCharge(State.SETTLED, told.unit(), estimate, null, estimated, reported.add(amount), at, now);
    }

    /**
     * @param  now the time
     * @return     with nothing reserved, since the last submit has cost nothing; unchanged if it has
     */
    public JobCharge released(Instant now) {
        if (state != State.OPEN) {
            return this;
        }
        State next = estimated.signum() + reported.signum() > 0 ? State.SETTLED : State.RELEASED;
        return new JobCharge(next, unit, estimate, null, estimated, reported, at, now);
    }
}
