// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.PollAnswer;

/**
 * Decides which jobs that ended are asked about again when somebody wants them: their gateway may have the paid video after all, and a
 * status query costs nothing. Pure.
 */
public final class Reopening {

    private Reopening() {
    }

    /**
     * Whether the end of a job rests on what its gateway did not say. What a consumer has in hand is its own until it says what came of it.
     */
    public static boolean isPossible(VideoJob job) {
        JobError error = job.error();
        return job.state() == JobState.FAILED && job.taskId() != null && error != null
                && job.delivery().state() != JobDelivery.State.CLAIMED
                && (error.type() == ErrorType.JOB_NOT_FOUND || PollAnswer.Failed.DONE_WITHOUT_URL.equals(error.gatewayCode())
                        || PollAnswer.Failed.UNUSABLE_URL.equals(error.gatewayCode()));
    }
}
