package io.github.grokvideo.component.camel;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import io.github.grokvideo.component.job.Media;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;

/**
 * Makes local media fetchable by a route of the user: the endpoint gets the media as its body, a {@link java.io.File} or bytes, and
 * answers with the URL. Called on I/O threads, which it holds.
 */
final class MediaPublisher implements Function<Media, CompletableFuture<String>> {

    private final CamelContext camelContext;
    private final String uri;

    MediaPublisher(CamelContext camelContext, String uri) {
        this.camelContext = camelContext;
        this.uri = uri;
    }

    @Override
    public CompletableFuture<String> apply(Media media) {
        try (ProducerTemplate template = camelContext.createProducerTemplate(1)) {
            Exchange answer = template.send(uri, ExchangePattern.InOut, exchange -> {
                if (media instanceof Media.LocalFile file) {
                    exchange.getMessage().setBody(file.path().toFile());
                    exchange.getMessage().setHeader(Exchange.FILE_NAME, file.path().getFileName().toString());
                } else if (media instanceof Media.Bytes bytes) {
                    exchange.getMessage().setBody(bytes.content());
                    if (bytes.contentType() != null) {
                        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, bytes.contentType());
                    }
                }
            });
            if (answer.getException() != null) {
                return CompletableFuture.failedFuture(answer.getException());
            }
            String url = answer.getMessage().getBody(String.class);
            if (url == null || !url.strip().matches("(?i)https?://\\S+")) {
                throw new IllegalStateException("mediaPublisher must answer with an http(s) URL as its body");
            }
            return CompletableFuture.completedFuture(url.strip());
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
