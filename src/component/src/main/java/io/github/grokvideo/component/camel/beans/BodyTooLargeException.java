// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.util.List;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.InvalidRequestException;
import io.github.grokvideo.component.job.JobError;
import io.github.grokvideo.component.job.Violation;

/** The body of a request is larger than its reader accepts. Nothing was spent. */
public final class BodyTooLargeException extends InvalidRequestException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(int maxBytes) {
        this(new Violation("body", null, "must not have more than " + maxBytes + " bytes"));
    }

    private BodyTooLargeException(Violation violation) {
        super(null, null, JobError.of(ErrorType.INVALID_REQUEST, "The request is not valid: " + violation, Charged.NO), List.of(violation));
    }
}
