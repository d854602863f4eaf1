// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The gateway stopped the job because it was asked to. Some gateways charge for what was rendered until then. */
public class JobCancelledException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    /**
     * @param jobId    the component's job id; null = there is no job
     * @param provider name of the gateway; null = none was chosen yet
     * @param error    what went wrong; never null
     */
    public JobCancelledException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
