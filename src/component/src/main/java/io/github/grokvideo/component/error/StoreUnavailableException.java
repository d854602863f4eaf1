// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/**
 * The job store does not answer, or the directory for videos cannot be written or is full. Nothing is sent then, since a paid job, or its
 * video, could be lost. The same message can come again.
 */
public class StoreUnavailableException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
