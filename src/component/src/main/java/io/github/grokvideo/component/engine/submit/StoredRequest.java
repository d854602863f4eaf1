// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;

/** The part of a request that is stored: everything but large media, and prompts only if storePrompts allows it. */
final class StoredRequest {

    /** Rows are small JSON values, so larger media are left out. */
    private static final int LARGEST_MEDIA_BYTES = 8 << 10;

    private StoredRequest() {
    }

    static VideoRequest of(VideoRequest request, boolean storePrompts) {
        return withSmallMedia(storePrompts ? request : request.toBuilder().prompt(null).negativePrompt(null).build());
    }

    private static VideoRequest withSmallMedia(VideoRequest request) {
        return request.withMedia((field, media) -> isSmall(media) ? media : null);
    }

    private static boolean isSmall(Media media) {
        if (media instanceof Media.Bytes bytes) {
            return bytes.content().length <= LARGEST_MEDIA_BYTES;
        }
        return !(media instanceof Media.Url url) || url.url().length() <= LARGEST_MEDIA_BYTES;
    }
}
