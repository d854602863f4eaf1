// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The gateway kept answering that it is asked too often until submitTimeout or submitRetryTimeout ran out; nothing was created. */
public class RateLimitedException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public RateLimitedException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
