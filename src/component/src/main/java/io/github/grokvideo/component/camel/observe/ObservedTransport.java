package io.github.grokvideo.component.camel.observe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.transport.GatewayAccess;
import io.github.grokvideo.component.transport.VideoTransport;

/** Tells what comes of each call. */
final class ObservedTransport implements VideoTransport {

    private final VideoTransport transport;
    private final GatewayNews news;

    ObservedTransport(VideoTransport transport, GatewayNews news) {
        this.transport = transport;
        this.news = news;
    }

    @Override
    public CompletableFuture<HttpAnswer> call(GatewayAccess access, HttpCall call, Duration timeout) {
        long begun = System.nanoTime();
        return transport.call(access, call, timeout).whenComplete((answer, failure) -> news.called(
                access, answer == null ? 0 : answer.status(), failure, Duration.ofNanos(System.nanoTime() - begun)));
    }
}
