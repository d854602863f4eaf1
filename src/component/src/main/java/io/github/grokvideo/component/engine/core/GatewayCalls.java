// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.transport.DownloadException;
import io.github.grokvideo.component.transport.DownloadOrder;
import io.github.grokvideo.component.transport.DownloadedVideo;
import io.github.grokvideo.component.transport.VideoDownloader;
import io.github.grokvideo.component.transport.VideoTransport;

/** All outgoing calls to gateways. Listeners are notified of a call's end before its caller continues. Thread-safe. */
public final class GatewayCalls {

    private final VideoTransport transport;
    private final VideoDownloader downloader;
    private final JobBook book;
    private final JobTimer timer;

    public GatewayCalls(VideoTransport transport, VideoDownloader downloader, JobBook book, JobTimer timer) {
        this.transport = transport;
        this.downloader = downloader;
        this.book = book;
        this.timer = timer;
    }

    /** @param jobId null = not about a stored job */
    public CompletableFuture<HttpAnswer> call(
            GatewayCall.Operation operation, String jobId, VideoAccount account, HttpCall call, Duration timeout) {
        Instant begun = timer.now();
        return transport.call(account.access(), call, timeout).whenComplete((answer, failure) -> book.called(new GatewayCall(
                operation, jobId, account, call.method(), begun, timer.now(), answer == null ? 0 : answer.status(), 0, text(failure))));
    }

    /** Sends a file to a place that the gateway named, as a part of its upload. */
    public CompletableFuture<HttpAnswer> send(String jobId, VideoAccount account, URI place, HttpCall call, Duration timeout) {
        Instant begun = timer.now();
        return transport.send(account.access(), place, call, timeout).whenComplete((answer, failure) -> book.called(new GatewayCall(
                GatewayCall.Operation.UPLOAD, jobId, account, call.method(), begun, timer.now(), answer == null ? 0 : answer.status(), 0,
                text(failure))));
    }

    public CompletableFuture<DownloadedVideo> download(VideoAccount account, DownloadOrder order) {
        Instant begun = timer.now();
        return downloader.download(order).whenComplete((video, failure) -> book.called(new GatewayCall(
                GatewayCall.Operation.DOWNLOAD, order.jobId(), account, "GET", begun, timer.now(), status(failure),
                video == null ? 0 : video.size(), text(failure))));
    }

    /** The status of a successful download is not reported. */
    private static int status(Throwable failure) {
        return failure != null && EngineErrors.unwrap(failure) instanceof DownloadException known && known.httpStatus() != null
                ? known.httpStatus() : 0;
    }

    private static String text(Throwable failure) {
        return failure == null ? null : String.valueOf(EngineErrors.unwrap(failure).getMessage());
    }
}
