// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The gateway does not accept the account's key. If a job exists, waiting for it can be resumed with a valid key. */
public class AuthenticationException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    /**
     * @param jobId    the component's job id; null = there is no job
     * @param provider name of the gateway; null = none was chosen yet
     * @param error    what went wrong; never null
     */
    public AuthenticationException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }

    @Override
    public boolean isResumable() {
        return getCharged() != Charged.NO;
    }
}
