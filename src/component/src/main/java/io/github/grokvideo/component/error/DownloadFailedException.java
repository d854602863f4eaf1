// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The video exists at the gateway and could not be brought here yet. */
public class DownloadFailedException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public DownloadFailedException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }

    @Override
    public boolean isResumable() {
        return true;
    }
}
