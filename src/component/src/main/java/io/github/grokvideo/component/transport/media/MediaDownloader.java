// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.media;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import io.github.grokvideo.component.job.files.DefaultPermissions;
import io.github.grokvideo.component.transport.DownloadException;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import io.github.grokvideo.component.transport.DownloadOrder;
import io.github.grokvideo.component.transport.DownloadedVideo;
import io.github.grokvideo.component.transport.VideoDownloader;
import io.github.grokvideo.component.transport.http.CamelHttpClients;
import io.github.grokvideo.component.transport.http.Watchdog;

/**
 * Downloads with a separate client, which has the user's TLS and proxy settings but not their credentials. A download uses one thread and
 * 128 KiB. Thread-safe; has nothing to close.
 */
public final class MediaDownloader implements VideoDownloader {

    private final CamelHttpClients clients;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final DefaultPermissions permissions = new DefaultPermissions();

    /**
     * @param executor one thread per concurrent download; not the executor of the calls, which downloads would block for minutes
     * @param timer    aborts downloads that exceed their timeout; it only closes sockets. Should remove cancelled tasks at once
     */
    public MediaDownloader(CamelHttpClients clients, Executor executor, ScheduledExecutorService timer) {
        this.clients = clients;
        this.executor = executor;
        this.timer = timer;
    }

    /** The timeout begins when a thread starts the download. A rejected download fails as BROKEN and leaves its partial file unchanged. */
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
            video = new MediaAttempt(clients, order, watchdog, permissions).run();
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
