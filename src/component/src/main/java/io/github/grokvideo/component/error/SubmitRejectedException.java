// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The gateway refused the request; nothing was created. */
public class SubmitRejectedException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public SubmitRejectedException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
