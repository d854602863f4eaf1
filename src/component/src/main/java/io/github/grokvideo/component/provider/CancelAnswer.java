// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;

/** Meaning of a gateway's answer to a request to cancel a job. */
public sealed interface CancelAnswer {

    /**
     * The job has ended, no video will be made.
     *
     * @param charged whether money was spent
     * @param cost    null = not reported
     */
    record Cancelled(Charged charged, Cost cost) implements CancelAnswer {
    }

    /** The gateway will try; status queries tell whether it succeeded. */
    record Requested() implements CancelAnswer {
    }

    /** The job is done already: the next status query tells how it ended, and its video is downloaded. */
    record TooLate() implements CancelAnswer {
    }

    /**
     * The gateway did not cancel the job, which continues.
     *
     * @param error why; never null
     */
    record Refused(JobError error) implements CancelAnswer {
    }
}
