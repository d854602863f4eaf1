// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.util.List;
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
        List<Media> images = request.images().stream().filter(StoredRequest::isSmall).toList();
        boolean videoIsSmall = request.video() == null || isSmall(request.video());
        if (images.size() == request.images().size() && videoIsSmall) {
            return request;
        }
        return request.toBuilder().images(images).video(videoIsSmall ? request.video() : null).build();
    }

    private static boolean isSmall(Media media) {
        if (media instanceof Media.Bytes bytes) {
            return bytes.content().length <= LARGEST_MEDIA_BYTES;
        }
        return !(media instanceof Media.Url url) || url.url().length() <= LARGEST_MEDIA_BYTES;
    }
}
