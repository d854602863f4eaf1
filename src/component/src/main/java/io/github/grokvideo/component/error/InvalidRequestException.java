// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

import java.util.List;
import java.util.stream.Collectors;

/** The request breaks the model's rules. Found before anything was sent: nothing was spent. */
public class InvalidRequestException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    private final List<Violation> violations;

    public InvalidRequestException(String jobId, String provider, JobError error, List<Violation> violations) {
        super(jobId, provider, error);
        this.violations = List.copyOf(violations);
    }

    /** @param model null = none was chosen */
    public static InvalidRequestException of(String provider, String model, List<Violation> violations) {
        String message = (model == null ? "The request" : "The request for model " + model) + " is not valid: "
                + violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
        return new InvalidRequestException(null, provider, JobError.of(ErrorType.INVALID_REQUEST, message, Charged.NO), violations);
    }

    @Override
    GrokVideoException copy() {
        return new InvalidRequestException(getJobId(), getProvider(), getError(), violations);
    }

    /** Every rule the request breaks, not just the first. */
    public List<Violation> getViolations() {
        return violations;
    }
}
