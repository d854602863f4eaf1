// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.time.Duration;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;

/** What a gateway's answer to a submit means. */
public sealed interface SubmitAnswer {

    /**
     * A job exists.
     *
     * @param taskId the gateway's id
     * @param cost   as told; null = not told
     */
    record Accepted(String taskId, Cost cost) implements SubmitAnswer {
    }

    /**
     * Provably nothing was created.
     *
     * @param error      why
     * @param repeatable documented as passing by itself (429, ToAPIs' 503 {@code rate_limit_unavailable})
     * @param retryAfter null = not told
     */
    record Rejected(JobError error, boolean repeatable, Duration retryAfter) implements SubmitAnswer {
    }

    /** A job may have been created. */
    record Unknown(JobError error) implements SubmitAnswer {
    }
}
