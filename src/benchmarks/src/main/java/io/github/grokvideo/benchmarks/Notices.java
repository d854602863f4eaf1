// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.WebhookVerdict;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import org.apache.camel.ProducerTemplate;

/** Receives the notices of the gateway's double over HTTP, and hands them to a route. They are not signed. */
final class Notices implements WebhookRules {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @return the URL that notices are sent to */
    static String receive(ProducerTemplate route, String endpoint) throws ExecutionException, InterruptedException {
        HttpServer server = Vertx.vertx().createHttpServer().requestHandler(request -> request.bodyHandler(body -> {
            route.asyncSendBody(endpoint, body.getBytes());
            request.response().end();
        })).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
        return "http://127.0.0.1:" + server.actualPort() + "/";
    }

    @Override
    public Needs needs() {
        return Needs.NOTHING;
    }

    @Override
    public WebhookVerdict verify(WebhookNotice notice, WebhookKeys keys, Instant now) {
        try {
            String task = JSON.readTree(notice.body()).path("request_id").asText();
            return new WebhookVerdict.Verified(task, null, task);
        } catch (IOException e) {
            return new WebhookVerdict.Refused(WebhookVerdict.Reason.UNREADABLE);
        }
    }
}
