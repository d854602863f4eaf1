// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.nio.file.Path;
import java.time.Duration;
import io.github.grokvideo.component.job.SignedUrl;
import io.github.grokvideo.component.provider.HttpCall;

/**
 * What to fetch, and where to put it.
 *
 * @param jobId                 for messages
 * @param access                its key is sent only to its origin: with {@code content}, and with a {@code url} that answers 401 without it
 * @param url                   URL of the video, a bearer secret; may be relative to the base URL; null = {@code content} is used
 * @param content               the gateway's download call, sent with the key; null = {@code url} is used
 * @param target                the final file; must not exist
 * @param partial               the temporary file, on the same file system as target
 * @param resume                state of {@code partial} after an earlier attempt; null = start over
 * @param maxFileSize           bytes
 * @param timeout               for the whole attempt
 * @param idleTimeout           longest time without a byte
 * @param allowPrivateAddresses whether loopback, link-local and private addresses are allowed; the base URL's origin always is, since the
 *                              user configured it
 */
public record DownloadOrder(
        String jobId, GatewayAccess access, String url, HttpCall content, Path target, Path partial, Resume resume,
        long maxFileSize, Duration timeout, Duration idleTimeout, boolean allowPrivateAddresses) {

    /**
     * State of an interrupted attempt.
     *
     * @param bytes     size of the partial file
     * @param validator the strong ETag or Last-Modified for If-Range; without one an attempt cannot be resumed
     */
    public record Resume(long bytes, String validator) {
    }

    @Override
    public String toString() {
        return "DownloadOrder[job " + jobId + ", " + (url == null ? content : SignedUrl.masked(url)) + "]";
    }
}
