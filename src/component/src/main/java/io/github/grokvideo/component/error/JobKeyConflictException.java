// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The jobKey belongs to a job with another request; nothing was spent. */
public class JobKeyConflictException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public JobKeyConflictException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
