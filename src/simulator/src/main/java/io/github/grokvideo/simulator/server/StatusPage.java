// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.util.Optional;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.gateway.Gateway;
import io.github.grokvideo.simulator.gateway.Gateways;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.RequestKind;

/** The state of the simulator as JSON, for its own paths. */
public final class StatusPage {

    private final StatusSource simulator;
    private final Gateways gateways;

    public StatusPage(StatusSource simulator, Gateways gateways) {
        this.simulator = simulator;
        this.gateways = gateways;
    }

    /** What the simulator offers and how to use it. */
    JsonNode overview() {
        ObjectNode body = object().put("name", "grokvideo-simulator");
        ObjectNode list = body.putObject("gateways");
        for (Gateway gateway : gateways.all()) {
            list.putObject(gateway.id()).put("baseUrl", simulator.baseUrl(gateway.id())).put("apiKey", gateway.sampleKey());
        }
        body.putArray("admin").add("GET /simulator/ledger").add("GET /simulator/requests").add("GET /simulator/counters")
                .add("GET /simulator/jobs").add("GET /simulator/jobs/{id}").add("GET /simulator/faults")
                .add("POST /simulator/faults").add("DELETE /simulator/faults").add("POST /simulator/reset");
        body.putArray("prompt").add("[[fault:submit-429 times=2 retry-after=1]]").add("[[render=3s]]").add("[[queue=1s]]")
                .add("[[size=600MB]]");
        ObjectNode faults = body.putObject("faults");
        for (FaultKind kind : FaultKind.values()) {
            faults.put(kind.id(), kind.description());
        }
        return body;
    }

    JsonNode ledger() {
        ArrayNode list = array();
        simulator.ledger().entries().forEach(e -> list.addObject().put("gateway", e.gateway()).put("taskId", e.taskId())
                .put("model", e.model()).put("clientBusinessId", e.clientBusinessId()).put("prompt", e.prompt())
                .put("amount", e.amount()).put("unit", e.unit()).put("time", e.time().toString()).put("kind", e.kind().name()));
        return list;
    }

    JsonNode requests() {
        ArrayNode list = array();
        simulator.requests().entries().forEach(r -> {
            ObjectNode entry = list.addObject().put("method", r.method()).put("path", r.path()).put("gateway", r.gateway())
                    .put("kind", r.kind().name()).put("status", r.status()).put("fault", r.fault()).put("body", r.body())
                    .put("time", r.time().toString());
            r.headers().forEach(entry.putObject("headers")::put);
        });
        return list;
    }

    JsonNode counters() {
        ObjectNode body = object();
        for (Gateway gateway : gateways.all()) {
            ObjectNode counts = body.putObject(gateway.id());
            for (RequestKind kind : RequestKind.values()) {
                counts.put(kind.name(), simulator.requests().count(gateway.id(), kind));
            }
            counts.put("JOBS", simulator.ledger().jobs(gateway.id())).put("SPENT", simulator.ledger().spent(gateway.id()))
                    .put("UNIT", gateway.unit());
        }
        return body;
    }

    JsonNode jobs() {
        ArrayNode list = array();
        simulator.jobs().forEach(job -> list.add(describe(job)));
        return list;
    }

    /** One job with the size and hash of its video, which is created if necessary. */
    Optional<JsonNode> job(String id) {
        return simulator.job(id).map(job -> describe(job).put("fileSize", job.fileSize()).put("sha256", job.sha256()));
    }

    JsonNode faults() {
        ArrayNode list = array();
        for (Fault fault : simulator.faults().pending()) {
            ObjectNode entry = list.addObject().put("fault", fault.kind().id()).put("on", fault.kind().stage().id())
                    .put("times", fault.times()).put("after", fault.after());
            if (fault.gateway() != null) {
                entry.put("gateway", fault.gateway());
            }
            fault.options().forEach(entry::put);
        }
        return list;
    }

    void plan(Fault fault) {
        if (fault.gateway() != null) {
            requireKnown(fault.gateway());
        }
        simulator.faults().add(fault);
    }

    void clearFaults() {
        simulator.faults().clear();
    }

    void reset() {
        simulator.reset();
    }

    private void requireKnown(String gateway) {
        if (gateways.all().stream().noneMatch(g -> g.id().equals(gateway))) {
            throw new IllegalArgumentException("no gateway '" + gateway + "'");
        }
    }

    private static ObjectNode describe(SimulatedJob job) {
        return object().put("id", job.id()).put("gateway", job.gateway()).put("model", job.model()).put("mode", job.mode())
                .put("prompt", job.prompt()).put("clientBusinessId", job.clientBusinessId()).put("state", job.state().name())
                .put("progress", job.progress()).put("width", job.spec().width()).put("height", job.spec().height())
                .put("seconds", job.spec().seconds()).put("created", job.created().toString())
                .put("finished", job.finished().toString()).put("downloads", job.downloads());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
