// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The route stopped while the job was waiting, or refuses new work because it stops. A job that exists goes on. */
public class DetachedException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public DetachedException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }

    @Override
    public boolean isResumable() {
        return true;
    }
}
