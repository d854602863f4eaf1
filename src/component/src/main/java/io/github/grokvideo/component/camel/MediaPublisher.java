// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import io.github.grokvideo.component.job.Media;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/**
 * Makes local media fetchable through an endpoint of the user, which gets the media as its body, a {@link java.io.File} or bytes, and
 * answers with the URL. Uses its own threads, since an upload may take long.
 */
final class MediaPublisher implements Function<Media, CompletableFuture<String>>, AutoCloseable {

    private final Endpoint endpoint;
    private final ProducerTemplate template;

    /** @throws org.apache.camel.ResolveEndpointFailedException if there is no such endpoint */
    MediaPublisher(CamelContext camelContext, String uri) {
        endpoint = camelContext.getEndpoint(uri);
        template = camelContext.createProducerTemplate(1);
    }

    @Override
    public CompletableFuture<String> apply(Media media) {
        Exchange exchange = endpoint.createExchange(ExchangePattern.InOut);
        Message message = exchange.getMessage();
        if (media instanceof Media.LocalFile file) {
            message.setBody(file.path().toFile());
            message.setHeader(Exchange.FILE_NAME, file.path().getFileName().toString());
        } else if (media instanceof Media.Bytes bytes) {
            message.setBody(bytes.content());
            if (bytes.contentType() != null) {
                message.setHeader(Exchange.CONTENT_TYPE, bytes.contentType());
            }
        }
        return template.asyncSend(endpoint, exchange).thenCompose(MediaPublisher::url);
    }

    private static CompletableFuture<String> url(Exchange answer) {
        if (answer.getException() != null) {
            return CompletableFuture.failedFuture(answer.getException());
        }
        String url = answer.getMessage().getBody(String.class);
        if (url == null || !url.strip().matches("(?i)https?://\\S+")) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("mediaPublisher must answer with an http(s) URL as its body"));
        }
        return CompletableFuture.completedFuture(url.strip());
    }

    @Override
    public void close() {
        template.stop();
    }
}
