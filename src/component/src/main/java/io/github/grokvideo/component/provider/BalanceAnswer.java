// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;

/** What a gateway's answer to a balance query means. */
public sealed interface BalanceAnswer {

    /**
     * @param remaining null = unlimited
     * @param used      null = not told
     */
    record Balance(Cost remaining, Cost used) implements BalanceAnswer {
    }

    record Refused(JobError error) implements BalanceAnswer {
    }
}
