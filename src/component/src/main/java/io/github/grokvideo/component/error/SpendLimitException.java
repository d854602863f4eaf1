// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** A budget has no room for the job, or the key's own spend limit is reached, so an immediate retry does not help. Nothing was created. */
public class SpendLimitException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    /**
     * @param jobId    the component's job id; null = there is no job
     * @param provider name of the gateway; null = none was chosen yet
     * @param error    what went wrong; never null
     */
    public SpendLimitException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
