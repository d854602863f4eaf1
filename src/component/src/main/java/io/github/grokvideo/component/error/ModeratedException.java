// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** Content moderation withheld the video. Some gateways charge for it. */
public class ModeratedException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    /**
     * @param jobId    the component's job id; null = there is no job
     * @param provider name of the gateway; null = none was chosen yet
     * @param error    what went wrong; never null
     */
    public ModeratedException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
