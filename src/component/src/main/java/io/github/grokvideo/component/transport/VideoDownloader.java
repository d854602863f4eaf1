// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.util.concurrent.CompletableFuture;

/** Brings one video here. Thread-safe; never blocks its caller. */
public interface VideoDownloader {

    /**
     * One attempt. On success the verified file is at {@link DownloadOrder#target()}, put there atomically, and no temporary file is
     * left.
     *
     * @return completed with the file, or exceptionally with {@link DownloadException}; on a downloader's thread
     */
    CompletableFuture<DownloadedVideo> download(DownloadOrder order);
}
