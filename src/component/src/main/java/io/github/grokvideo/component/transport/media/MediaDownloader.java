// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.media;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import io.github.grokvideo.component.transport.DownloadException;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import io.github.grokvideo.component.transport.DownloadOrder;
import io.github.grokvideo.component.transport.DownloadedVideo;
import io.github.grokvideo.component.transport.VideoDownloader;
import io.github.grokvideo.component.transport.http.CamelHttpClients;
import io.github.grokvideo.component.transport.http.Watchdog;

/**
 * Downloads over a client of its own, which has the user's TLS and proxy and none of their credentials. A download holds one thread and
 * 128 KiB while it lasts. Thread-safe; has nothing to close.
 */
public final class MediaDownloader implements VideoDownloader {

    private final CamelHttpClients clients;
    private final Executor executor;
    private final ScheduledExecutorService timer;

    /**
     * @param executor its threads are the downloads at once; not that of the calls, which downloads would block for minutes
     * @param timer    ends downloads that take too long; its thread is only used to close sockets. Should drop cancelled tasks at once
     */
    public MediaDownloader(CamelHttpClients clients, Executor executor, ScheduledExecutorService timer) {
        this.clients = clients;
        this.executor = executor;
        this.timer = timer;
    }

    /** The timeout runs from when a thread takes it up. A rejected download ends as BROKEN and leaves its partial file as it was. */
    @Override
    public CompletableFuture<DownloadedVideo> download(DownloadOrder order) {
        CompletableFuture<DownloadedVideo> result = new CompletableFuture<>();
        try {
            executor.execute(() -> run(order, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(notBegun(order, e));
        }
        return result;
    }

    private void run(DownloadOrder order, CompletableFuture<DownloadedVideo> result) {
        DownloadedVideo video;
        try (Watchdog watchdog = Watchdog.start(timer, order.timeout())) {
            video = new MediaAttempt(clients, order, watchdog).run();
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(notBegun(order, e));
            return;
        } catch (Throwable e) {
            result.completeExceptionally(e);
            return;
        }
        result.complete(video);
    }

    private static DownloadException notBegun(DownloadOrder order, RejectedExecutionException cause) {
        return new DownloadException(Kind.BROKEN, "Job " + order.jobId() + ": no free thread for the download", null, order.resume(),
                cause);
    }
}
