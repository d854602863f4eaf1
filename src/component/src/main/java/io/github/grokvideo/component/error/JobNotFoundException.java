// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** No job of that id is known here; or the gateway does not know its task, and may yet do so. */
public class JobNotFoundException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public JobNotFoundException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }

    /** A task that was paid for perhaps: asking for it again costs nothing. */
    @Override
    public boolean isResumable() {
        return getCharged() == Charged.UNKNOWN;
    }
}
