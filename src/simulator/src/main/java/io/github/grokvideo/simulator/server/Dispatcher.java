// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.simulator.gateway.Answer;
import io.github.grokvideo.simulator.gateway.Call;
import io.github.grokvideo.simulator.gateway.Form;
import io.github.grokvideo.simulator.gateway.Gateway;
import io.github.grokvideo.simulator.gateway.Gateways;
import io.github.grokvideo.simulator.gateway.UrlSigner;
import io.github.grokvideo.simulator.log.RequestKind;
import io.github.grokvideo.simulator.store.SimulatorStore;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** Dispatches requests. */
final class Dispatcher {

    private final Gateways gateways;
    private final MediaRoute media;
    private final AdminRoute admin;
    private final SimulatorStore store;
    private final Journal journal;
    private final Replies replies;
    private final Courier courier;

    Dispatcher(Gateways gateways, MediaRoute media, AdminRoute admin, SimulatorStore store, Journal journal, Replies replies,
            Courier courier) {
        this.gateways = gateways;
        this.media = media;
        this.admin = admin;
        this.store = store;
        this.journal = journal;
        this.replies = replies;
        this.courier = courier;
    }

    void handle(HttpServerRequest request) {
        Context context = Vertx.currentContext();
        String path = request.path() == null ? "/" : request.path();
        request.exceptionHandler(gone -> { });
        Optional<Gateway> gateway = gateways.at(path);
        if (gateway.isPresent()) {
            RequestBodyReader.read(request, (body, form) -> gateway(request, context, gateway.get(), body, form));
        } else if (path.startsWith(UrlSigner.FILES)) {
            media.byUrl(request, context);
        } else {
            RequestBodyReader.read(request, (body, form) -> admin.handle(request, path, body));
        }
    }

    /** A bug in the simulator must produce an answer, not a client that waits forever. */
    private static Answer answer(Gateway gateway, Call call) {
        try {
            return gateway.handle(call);
        } catch (RuntimeException bug) {
            return Answer.text(500, "text/plain", "grokvideo-simulator: " + bug);
        }
    }

    private void gateway(HttpServerRequest request, Context context, Gateway gateway, byte[] body, Form form) {
        Call call = new Call(request.method().name(), request.path().substring(gateway.prefix().length()),
                query(request), Journal.headers(request.headers()), body, form);
        Answer answer = answer(gateway, call);
        if (answer.media() != null) {
            media.serve(request, context, answer.media());
            return;
        }
        // A job reported to a client must still exist after a crash.
        CompletableFuture<Void> kept = courier.early().map(sent -> sent.thenCompose(done -> store.kept())).orElseGet(store::kept);
        if (kept.isDone() && !kept.isCompletedExceptionally()) {
            send(request, gateway, call, answer);
        } else {
            kept.whenComplete((done, failure) -> context.runOnContext(back -> send(request, gateway, call,
                    failure == null ? answer : Answer.text(500, "text/plain", "grokvideo-simulator: " + failure.getMessage()))));
        }
    }

    private static Map<String, String> query(HttpServerRequest request) {
        Map<String, String> query = new HashMap<>();
        if (request.query() != null) {
            request.params().forEach(query::put);
        }
        return query;
    }

    private void send(HttpServerRequest request, Gateway gateway, Call call, Answer answer) {
        RequestKind kind = gateway.kind(call);
        journal.note(request, gateway.id(), kind, answer.status(), answer.fault(), call.body());
        replies.send(request, answer);
    }
}
