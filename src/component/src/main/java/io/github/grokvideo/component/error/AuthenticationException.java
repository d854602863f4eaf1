// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The gateway does not accept the account's key. Once a job exists the wait can be resumed with a working key. */
public class AuthenticationException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public AuthenticationException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }

    @Override
    public boolean isResumable() {
        return getCharged() != Charged.NO;
    }
}
