// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

/** The forms in which a gateway accepts an image or a video. */
public enum MediaForm {
    /** An http(s) URL it can fetch. */
    URL,
    /** A data URI inside the request. */
    DATA_URI,
    /** Uploaded first, with the gateway's upload call. */
    UPLOAD,
    /** A local file sent within the submit itself, as a part of a multipart body. */
    FILE_PART,
    /** The id of a file the gateway stores. */
    GATEWAY_FILE,
    /** The id of an earlier task of the same gateway. */
    TASK
}
