// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.time.Duration;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;

/** Meaning of a gateway's answer to a submit. */
public sealed interface SubmitAnswer {

    /**
     * A job exists.
     *
     * @param taskId the gateway's task id
     * @param cost   null = not reported
     */
    record Accepted(String taskId, Cost cost) implements SubmitAnswer {
    }

    /**
     * Nothing was created, which is certain.
     *
     * @param error      why
     * @param repeatable whether it is documented as temporary (429, ToAPIs' 503 {@code rate_limit_unavailable})
     * @param retryAfter null = not reported
     */
    record Rejected(JobError error, boolean repeatable, Duration retryAfter) implements SubmitAnswer {
    }

    /**
     * A job may have been created.
     *
     * @param error what the gateway answered
     */
    record Unknown(JobError error) implements SubmitAnswer {
    }
}
