// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

import java.util.List;
import java.util.stream.Collectors;

/** The request breaks the model's rules. It was not sent, so nothing was spent. */
public class InvalidRequestException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    private final List<Violation> violations;

    /**
     * @param jobId      the component's job id; null = there is no job
     * @param provider   name of the gateway; null = none was chosen yet
     * @param error      what went wrong; never null
     * @param violations every rule the request breaks; copied
     */
    public InvalidRequestException(String jobId, String provider, JobError error, List<Violation> violations) {
        super(jobId, provider, error);
        this.violations = List.copyOf(violations);
    }

    /**
     * @param  provider   name of the gateway; null = none was chosen yet
     * @param  model      null = none was chosen
     * @param  violations every rule the request breaks
     * @return            an exception without a job id
     */
    public static InvalidRequestException of(String provider, String model, List<Violation> violations) {
        String message = (model == null ? "The request" : "The request for model " + model) + " is not valid: "
                + violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
        return new InvalidRequestException(null, provider, JobError.of(ErrorType.INVALID_REQUEST, message, Charged.NO), violations);
    }

    @Override
    GrokVideoException copy(JobError other) {
        return new InvalidRequestException(getJobId(), getProvider(), other, violations);
    }

    /** @return every rule the request breaks, not just the first; unmodifiable */
    public List<Violation> getViolations() {
        return violations;
    }
}
