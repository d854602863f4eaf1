// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Media;

/** What a gateway's answer to an upload means. Uploads cost nothing. */
public sealed interface UploadAnswer {

    /** @param media what a request names it by from now on: a URL or a file id */
    record Uploaded(Media media) implements UploadAnswer {
    }

    /** @param error its {@code retryable} says whether another try may succeed */
    record Refused(JobError error) implements UploadAnswer {
    }
}
