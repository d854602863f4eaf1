// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.checked;

import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;

/** Checks a gateway's task id, which is used in paths, headers, logs and database rows. Its format is up to the gateway. */
public final class TaskIds {

    private static final int LONGEST = 1000;

    private TaskIds() {
    }

    /** @throws io.github.grokvideo.component.error.InvalidRequestException if the user's value cannot be a task id */
    public static void check(String taskId, String jobId) {
        String fault = fault(taskId);
        if (fault != null) {
            throw JobError.of(ErrorType.INVALID_REQUEST,
                    "The request " + fault + ". Copy it from the gateway's own list of jobs", Charged.NO).toException(jobId, null);
        }
    }

    /** @return what is wrong with it, completing "it ..."; null = nothing */
    static String fault(String taskId) {
        String id = taskId.strip();
        if (id.isEmpty()) {
            return "has a task id that is blank";
        }
        if (id.length() > LONGEST) {
            return "has a task id of " + id.length() + " characters, but at most " + LONGEST + " can be stored";
        }
        return id.chars().anyMatch(Character::isISOControl) ? "has a task id with control characters in it" : null;
    }
}
