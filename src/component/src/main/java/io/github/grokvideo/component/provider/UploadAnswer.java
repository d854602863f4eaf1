// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Media;

/** Meaning of a gateway's answer to an upload. Uploads cost nothing. */
public sealed interface UploadAnswer {

    /**
     * The upload succeeded.
     *
     * @param media how requests refer to it: a URL or a file id
     */
    record Uploaded(Media media) implements UploadAnswer {
    }

    /**
     * The upload failed.
     *
     * @param error its {@code retryable} says whether a retry may succeed
     */
    record Refused(JobError error) implements UploadAnswer {
    }
}
