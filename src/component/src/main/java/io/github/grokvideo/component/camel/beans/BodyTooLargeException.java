// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.util.List;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.Violation;

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
