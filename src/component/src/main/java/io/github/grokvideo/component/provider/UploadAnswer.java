// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.util.Map;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.SignedUrl;

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
     * The gateway has named a place for the file: it is sent there, without the key unless the place is at the base URL's origin.
     *
     * @param method  PUT or POST
     * @param url     an http(s) URL, a bearer secret; private addresses are refused unless it is the base URL's origin
     * @param headers that the place requires; never null
     * @param media   how requests refer to the file once it is there
     */
    record SendTo(String method, String url, Map<String, String> headers, Media media) implements UploadAnswer {

        @Override
        public String toString() {
            return "SendTo[" + method + " " + SignedUrl.masked(url) + "]";
        }
    }

    /**
     * The upload failed.
     *
     * @param error its {@code retryable} says whether a retry may succeed
     */
    record Refused(JobError error) implements UploadAnswer {
    }
}
