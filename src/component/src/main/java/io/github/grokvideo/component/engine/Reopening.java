// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.PollAnswer;

/**
 * Decides which ended jobs are polled again on demand: their gateway may have the paid video after all, and a status query is free. Pure.
 */
public final class Reopening {

    private Reopening() {
    }

    /**
     * Whether a job ended only because of missing information from its gateway. A job that a consumer has claimed stays untouched until it
     * is settled.
     */
    public static boolean isPossible(VideoJob job) {
        JobError error = job.error();
        return job.state() == JobState.FAILED && job.taskId() != null && error != null
                && job.delivery().state() != JobDelivery.State.CLAIMED
                && (error.type() == ErrorType.JOB_NOT_FOUND || PollAnswer.Failed.DONE_WITHOUT_URL.equals(error.gatewayCode())
                        || PollAnswer.Failed.UNUSABLE_URL.equals(error.gatewayCode()));
    }
}
