// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.WebhookResult;
import io.github.grokvideo.component.provider.WebhookNotice;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code notify}: takes the HTTP request of a gateway's webhook, as any HTTP consumer of Camel hands it on, and sets the HTTP status that
 * makes the gateway repeat the notice only when that helps. A bad notice is no failure of the exchange.
 */
final class NotifyProducer extends GrokVideoProducer<WebhookResult> {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyProducer.class);
    private static final int MAX_HEADERS = 100;

    NotifyProducer(GrokVideoEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        VideoAccount account = getEndpoint().getComponent().account(options());
        if (account.webhooks() == null) {
            throw new IllegalArgumentException("notify cannot verify anything for the account " + account.name()
                    + ": set webhookSecret, webhookKeys or webhookVerifier on the component or in the GrokVideoAccount bean");
        }
    }

    @Override
    CompletableFuture<WebhookResult> begin(Exchange exchange) {
        VideoAccount account = account(exchange);
        Message message = exchange.getMessage();
        try {
            return engine().notice(account, new WebhookNotice(path(message), headers(message), body(message)));
        } catch (IOException e) {
            LOG.debug("The body of a webhook notice could not be read", e);
            return CompletableFuture.completedFuture(WebhookResult.of(WebhookResult.Outcome.UNAVAILABLE));
        }
    }

    @Override
    void succeed(Exchange exchange, WebhookResult result) {
        Message message = exchange.getMessage();
        message.setBody(null);
        message.removeHeaders("Content-*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status(result.outcome()));
        message.setHeader(GrokVideoConstants.WEBHOOK, result.outcome().name().toLowerCase(Locale.ROOT));
        if (result.jobId() != null) {
            message.setHeader(GrokVideoConstants.JOB_ID, result.jobId());
        }
    }

    private static int status(WebhookResult.Outcome outcome) {
        return switch (outcome) {
            case POLLED, ELSEWHERE, SETTLED, REPLAYED, UNKNOWN_TASK, IGNORED -> 200;
            case FORGED, UNKNOWN_KEY, STALE, UNREADABLE -> 401;
            case OVERSIZED -> 413;
            case UNCONFIGURED, UNAVAILABLE -> 503;
        };
    }

    /** Only a token at the end of the path matters, so any of these will do. */
    private static String path(Message message) {
        for (String name : new String[] {Exchange.HTTP_URI, Exchange.HTTP_PATH, Exchange.HTTP_URL}) {
            String path = message.getHeader(name, String.class);
            if (path != null && !path.isBlank()) {
                return path.length() > WebhookNotice.MAX_HEADER ? "" : path;
            }
        }
        return "";
    }

    private static Map<String, String> headers(Message message) {
        Map<String, String> headers = new HashMap<>();
        message.getHeaders().forEach((name, value) -> {
            Object one = value instanceof Collection<?> several ? several.stream().findFirst().orElse(null) : value;
            if (one != null && headers.size() < MAX_HEADERS && !name.startsWith("Camel")) {
                headers.put(name, one.toString());
            }
        });
        return headers;
    }

    /** @return the body, cut one byte after the longest that is verified */
    private static byte[] body(Message message) throws IOException {
        if (message.getBody() instanceof byte[] bytes) {
            return bytes;
        }
        try (InputStream in = message.getBody(InputStream.class)) {
            return in == null ? new byte[0] : in.readNBytes(WebhookNotice.MAX_BODY + 1);
        }
    }
}
