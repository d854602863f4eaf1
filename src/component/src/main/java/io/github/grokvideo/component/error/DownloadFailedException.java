// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The video exists at the gateway but could not be downloaded yet. */
public class DownloadFailedException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    /**
     * @param jobId    the component's job id; null = there is no job
     * @param provider name of the gateway; null = none was chosen yet
     * @param error    what went wrong; never null
     */
    public DownloadFailedException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }

    @Override
    public boolean isResumable() {
        return true;
    }
}
