// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The key's own spend limit is reached; waiting a moment does not help. Nothing was created. */
public class SpendLimitException extends GrokVideoException {

    private static final long serialVersionUID = 1L;

    public SpendLimitException(String jobId, String provider, JobError error) {
        super(jobId, provider, error);
    }
}
