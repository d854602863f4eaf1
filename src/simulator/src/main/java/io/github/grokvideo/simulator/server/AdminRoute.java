// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.fault.Directives;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.gateway.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** The simulator's admin paths, for people and for tests in other languages. */
final class AdminRoute {

    static final String PREFIX = "/simulator/";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx;
    private final StatusPage status;
    private final Replies replies;

    AdminRoute(Vertx vertx, StatusPage status, Replies replies) {
        this.vertx = vertx;
        this.status = status;
        this.replies = replies;
    }

    void handle(HttpServerRequest request, String path, byte[] body) {
        String action = request.method().name() + " " + path;
        if (action.startsWith("GET " + PREFIX + "jobs/")) {
            // Determining the size and hash of a video may take time.
            String id = path.substring((PREFIX + "jobs/").length());
            vertx.executeBlocking(() -> status.job(id).map(job -> ok(job)).orElseGet(() -> refused(404, "no such job")), false)
                    .onSuccess(answer -> replies.send(request, answer));
            return;
        }
        replies.send(request, answer(action, body));
    }

    private Answer answer(String action, byte[] body) {
        return switch (action) {
            case "GET /" -> ok(status.overview());
            case "GET " + PREFIX + "ledger" -> ok(status.ledger());
            case "GET " + PREFIX + "requests" -> ok(status.requests());
            case "GET " + PREFIX + "counters" -> ok(status.counters());
            case "GET " + PREFIX + "jobs" -> ok(status.jobs());
            case "GET " + PREFIX + "faults" -> ok(status.faults());
            case "POST " + PREFIX + "faults" -> plan(body);
            case "DELETE " + PREFIX + "faults" -> {
                status.clearFaults();
                yield Answer.text(204, "", "");
            }
            case "POST " + PREFIX + "reset" -> {
                status.reset();
                yield Answer.text(204, "", "");
            }
            default -> refused(404, "no such path; GET / lists what there is");
        };
    }

    /** One fault, or an array of them. */
    private Answer plan(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isArray()) {
                json.forEach(entry -> status.plan(fault(entry)));
            } else {
                status.plan(fault(json));
            }
            return ok(status.faults());
        } catch (IOException | IllegalArgumentException e) {
            return refused(400, e.getMessage());
        }
    }

    private static Fault fault(JsonNode json) {
        if (!json.path("fault").isTextual()) {
            throw new IllegalArgumentException("'fault' must name a fault");
        }
        Map<String, String> settings = new HashMap<>();
        json.fields().forEachRemaining(field -> settings.put(field.getKey(), field.getValue().asText()));
        return Directives.fault(settings.remove("fault"), settings);
    }

    private static Answer refused(int status, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("error", message);
        return Answer.json(status, body);
    }

    private static Answer ok(JsonNode body) {
        return Answer.text(200, "application/json", body.toPrettyString() + "\n");
    }
}
