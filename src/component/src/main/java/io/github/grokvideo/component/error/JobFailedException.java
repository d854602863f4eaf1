// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The gateway accepted the job and gave up on it. */
public class JobFailedException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public JobFailedException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
