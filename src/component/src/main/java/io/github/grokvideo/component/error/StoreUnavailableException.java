// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/**
 * The job store does not answer, or the video directory is full or not writable. Nothing was sent, since a paid job or its video could be
 * lost. The same message can be retried.
 */
public class StoreUnavailableException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    /**
     * @param jobId    the component's job id; null = there is no job
     * @param provider name of the gateway; null = none was chosen yet
     * @param error    what went wrong; never null
     */
    public StoreUnavailableException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
