// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.math.BigDecimal;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.SpendLimitException;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.VideoJob;

/** A budget has no room for a job. Nothing was sent and nothing is reserved. */
public final class BudgetFullException extends SpendLimitException {

    private static final long serialVersionUID = 1L;

    private final transient BudgetUse use;

    /**
     * @param job    the job as it would have been stored
     * @param use    the budget, without the job
     * @param wanted what the job may cost
     */
    public BudgetFullException(VideoJob job, BudgetUse use, BigDecimal wanted) {
        super(job.id(), job.provider(), JobError.of(ErrorType.SPEND_LIMIT, message(use, wanted), Charged.NO)
                .withRetryable(use.limit().compareTo(wanted) >= 0));
        this.use = use;
    }

    private static String message(BudgetUse use, BigDecimal wanted) {
        String unit = " " + use.window().budget().limit().unit();
        return "The budget " + use.window().name() + " has no room: it may cost about " + Cost.text(wanted) + unit + ", the limit is "
                + Cost.text(use.limit()) + unit + ", of which " + Cost.text(use.reported()) + " are spent as reported, "
                + Cost.text(use.estimated()) + " as estimated and " + Cost.text(use.reserved()) + " reserved. "
                + (use.limit().compareTo(wanted) < 0 ? "It never fits in this budget"
                : use.window().until() == null ? "The budget does not renew" : "It renews at " + use.window().until())
                + "; onBudget=wait waits for room. Nothing was sent";
    }

    /** @return the budget without the job; null after the exception was deserialized */
    public BudgetUse use() {
        return use;
    }
}
