// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** It cannot be known whether the submit created (and charged) a job. It is never sent again by itself. */
public class SubmitUnknownException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public SubmitUnknownException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
