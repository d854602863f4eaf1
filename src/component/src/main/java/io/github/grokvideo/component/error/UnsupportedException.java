// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The gateway documents nothing that could do this. */
public class UnsupportedException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public UnsupportedException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
