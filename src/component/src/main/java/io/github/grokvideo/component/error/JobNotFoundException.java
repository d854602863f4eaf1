// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** No job with this id is known here, or the gateway does not know its task (yet). */
public class JobNotFoundException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    /**
     * @param jobId    the component's job id; null = there is no job
     * @param provider name of the gateway; null = none was chosen yet
     * @param error    what went wrong; never null
     */
    public JobNotFoundException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }

    /** The task may have been paid for, and polling it again costs nothing. */
    @Override
    public boolean isResumable() {
        return getCharged() == Charged.UNKNOWN;
    }
}
