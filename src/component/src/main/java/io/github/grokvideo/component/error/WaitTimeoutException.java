// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The wait ended, the job did not: it is polled and downloaded on. */
public class WaitTimeoutException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public WaitTimeoutException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }

    @Override
    public boolean isResumable() {
        return true;
    }
}
