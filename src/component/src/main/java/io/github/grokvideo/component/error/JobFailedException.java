// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The gateway accepted the job and failed to complete it. */
public class JobFailedException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    /**
     * @param jobId    the component's job id; null = there is no job
     * @param provider name of the gateway; null = none was chosen yet
     * @param error    what went wrong; never null
     */
    public JobFailedException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
