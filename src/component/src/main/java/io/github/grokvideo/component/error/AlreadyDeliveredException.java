// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The same work was done before: its video was delivered and is not handed out again. Nothing was spent by this call. */
public class AlreadyDeliveredException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public AlreadyDeliveredException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
