// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import io.github.grokvideo.simulator.gateway.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends answers that have a complete body, in the way each one specifies. */
final class Replies {

    private final Vertx vertx;

    Replies(Vertx vertx) {
        this.vertx = vertx;
    }

    void send(HttpServerRequest request, Answer answer) {
        if (answer.delay() > 0) {
            vertx.setTimer(answer.delay(), late -> sendNow(request, answer));
        } else {
            sendNow(request, answer);
        }
    }

    private static void sendNow(HttpServerRequest request, Answer answer) {
        switch (answer.way()) {
            case NORMAL -> normal(request.response(), answer);
            case RESET -> Connections.reset(request);
            // The connection ends when the client gives up or the simulator closes.
            case NEVER -> { }
        }
    }

    private static void normal(HttpServerResponse response, Answer answer) {
        if (!response.closed()) {
            answer.headers().forEach(response::putHeader);
            response.setStatusCode(answer.status()).end(Buffer.buffer(answer.body()));
        }
    }
}
