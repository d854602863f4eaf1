// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.time.Instant;
import java.util.Set;
import io.github.grokvideo.component.camel.observe.jobs.GatewayStatus;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.store.JobQuery;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** The state of a node as JSON, for consoles. No keys, no URLs. */
final class NodeJson {

    private NodeJson() {
    }

    /** The limits of the accounts in use. */
    static JsonArray accounts(NodeView node) {
        JsonArray accounts = new JsonArray();
        for (VideoAccount account : node.accountsByName()) {
            ProviderLimits limits = account.provider().limits();
            JsonObject json = new JsonObject();
            json.put("name", account.name());
            json.put("provider", account.provider().name());
            json.put("host", account.access().host());
            json.put("submitsPerSecond", account.submitsPerSecond() == null ? limits.submitsPerSecond() : account.submitsPerSecond());
            json.put("pollsPerSecond", limits.pollsPerSecond());
            json.put("maxConcurrentJobs", account.maxConcurrentJobs());
            json.put("tagWeights", new JsonObject(account.tagWeights()));
            json.put("pollInterval", String.valueOf(
                    account.pollInterval() == null ? limits.pollInterval() : account.pollInterval()));
            json.put("maxPollInterval", String.valueOf(
                    account.maxPollInterval() == null ? limits.maxPollInterval() : account.maxPollInterval()));
            accounts.add(json);
        }
        return accounts;
    }

    /** How many jobs the whole store has in each state. Queries the store. */
    static JsonObject jobsByState(NodeView node) {
        JsonObject json = new JsonObject();
        for (JobState state : JobState.values()) {
            json.put(state.name(), node.engine().store().count(new JobQuery(
                    Set.of(state), null, null, null, null, null, JobQuery.Sort.CREATED, true, 0, 1)));
        }
        return json;
    }

    /** The open jobs of this node, by provider and state. */
    static JsonObject inHand(NodeView node) {
        JsonObject json = new JsonObject();
        node.jobsInHand().count().forEach((provider, states) -> {
            JsonObject counts = new JsonObject();
            states.forEach((state, count) -> counts.put(state.name(), count));
            json.put(provider, counts);
        });
        return json;
    }

    /** Outcomes of the last calls to each gateway. */
    static JsonObject gateways(NodeView node) {
        JsonObject gateways = new JsonObject();
        node.gateways().providers().forEach((provider, status) -> gateways.put(provider, gateway(status)));
        return gateways;
    }

    /** The webhook notices received, by provider and outcome. */
    static JsonObject webhooks(NodeView node) {
        JsonObject json = new JsonObject();
        node.webhooks().byProvider().forEach((provider, outcomes) -> json.put(provider, new JsonObject(outcomes)));
        return json;
    }

    private static JsonObject gateway(GatewayStatus.Snapshot status) {
        JsonObject json = new JsonObject();
        put(json, "lastSuccess", text(status.lastSuccess()));
        put(json, "lastFailure", text(status.lastFailure()));
        put(json, "lastFailureReason", status.error());
        put(json, "lastJobError", status.jobError());
        JsonObject refused = new JsonObject();
        status.accounts().forEach((account, calls) -> put(refused, account, text(calls.refusedSince())));
        json.put("refusedSince", refused);
        return json;
    }

    static void put(JsonObject json, String name, Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    static String text(Instant at) {
        return at == null ? null : at.toString();
    }
}
