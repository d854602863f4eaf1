// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.util.concurrent.CompletableFuture;

/** Downloads videos. Thread-safe; never blocks its caller. */
public interface VideoDownloader {

    /**
     * Makes one attempt. On success the verified file was moved atomically to {@link DownloadOrder#target()}, and no temporary file is
     * left.
     *
     * @return completed on a downloader's thread with the file, or exceptionally with {@link DownloadException}
     */
    CompletableFuture<DownloadedVideo> download(DownloadOrder order);
}
