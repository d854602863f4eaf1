package io.github.grokvideo.component.camel.observe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.transport.DownloadOrder;
import io.github.grokvideo.component.transport.DownloadedVideo;
import io.github.grokvideo.component.transport.VideoDownloader;

/** Tells what comes of each attempt. */
final class ObservedDownloader implements VideoDownloader {

    private final VideoDownloader downloader;
    private final GatewayNews news;

    ObservedDownloader(VideoDownloader downloader, GatewayNews news) {
        this.downloader = downloader;
        this.news = news;
    }

    @Override
    public CompletableFuture<DownloadedVideo> download(DownloadOrder order) {
        long begun = System.nanoTime();
        return downloader.download(order).whenComplete((video, failure) -> news.downloaded(
                order.access(), video == null ? 0 : video.size(), failure, Duration.ofNanos(System.nanoTime() - begun)));
    }
}
