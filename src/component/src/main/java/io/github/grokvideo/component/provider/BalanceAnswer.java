// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;

/** Meaning of a gateway's answer to a balance query. */
public sealed interface BalanceAnswer {

    /**
     * The account's balance.
     *
     * @param remaining null = unlimited
     * @param used      null = not reported
     */
    record Balance(Cost remaining, Cost used) implements BalanceAnswer {
    }

    /**
     * The balance is not available.
     *
     * @param error why; never null
     */
    record Refused(JobError error) implements BalanceAnswer {
    }
}
