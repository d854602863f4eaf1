package io.github.grokvideo.component.camel.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.store.JobQuery;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** Camel's developer console {@code grokvideo}: what this node has and does. No prompts, keys or URLs. */
@DevConsole(name = "grokvideo", displayName = "Grok Video", description = "Video jobs of this node, its accounts and job store")
public final class GrokVideoConsole extends AbstractDevConsole {

    public GrokVideoConsole() {
        super("camel", "grokvideo", "Grok Video", "Video jobs of this node, its accounts and job store");
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray nodes = new JsonArray();
        getCamelContext().hasServices(VideoJobs.class).forEach(jobs -> nodes.add(json(jobs.node())));
        JsonObject root = new JsonObject();
        root.put("nodes", nodes);
        return root;
    }

    private static JsonObject json(NodeView node) {
        JsonObject root = new JsonObject();
        root.put("node", node.name());
        StoreProbe.Answer answer = node.storeProbe().ask();
        JsonObject store = new JsonObject();
        store.put("type", node.storeName());
        store.put("durable", node.engine().store().isDurable());
        store.put("reachable", answer.isReachable());
        put(store, "error", answer.error());
        root.put("store", store);
        root.put("accounts", accounts(node));
        root.put("jobsByState", byState(node, answer.isReachable()));
        root.put("inHand", inHand(node));
        JsonArray recent = new JsonArray();
        node.recentJobs().list().forEach(job -> recent.add(job(job)));
        root.put("recentJobs", recent);
        JsonObject gateways = new JsonObject();
        node.gateways().providers().forEach((provider, status) -> gateways.put(provider, gateway(status)));
        root.put("gateways", gateways);
        return root;
    }

    private static JsonArray accounts(NodeView node) {
        JsonArray accounts = new JsonArray();
        for (VideoAccount account : node.accountsByName()) {
            ProviderLimits limits = account.provider().limits();
            JsonObject json = new JsonObject();
            json.put("name", account.name());
            json.put("provider", account.provider().name());
            json.put("host", account.access().baseUrl().getHost());
            json.put("submitsPerSecond", account.submitsPerSecond() == null ? limits.submitsPerSecond() : account.submitsPerSecond());
            json.put("pollsPerSecond", limits.pollsPerSecond());
            json.put("maxConcurrentJobs", account.maxConcurrentJobs());
            json.put("pollInterval", String.valueOf(
                    account.pollInterval() == null ? limits.pollInterval() : account.pollInterval()));
            json.put("maxPollInterval", String.valueOf(
                    account.maxPollInterval() == null ? limits.maxPollInterval() : account.maxPollInterval()));
            accounts.add(json);
        }
        return accounts;
    }

    /** In the whole store. */
    private static JsonObject byState(NodeView node, boolean reachable) {
        JsonObject json = new JsonObject();
        for (JobState state : reachable ? JobState.values() : new JobState[0]) {
            json.put(state.name(), node.engine().operations().page(new JobQuery(
                    Set.of(state), null, null, null, null, null, JobQuery.Sort.CREATED, true, 0, 1)).total());
        }
        return json;
    }

    /** On this node. */
    private static JsonObject inHand(NodeView node) {
        JsonObject json = new JsonObject();
        node.jobsInHand().count().forEach((provider, states) -> {
            JsonObject counts = new JsonObject();
            states.forEach((state, count) -> counts.put(state.name(), count));
            json.put(provider, counts);
        });
        return json;
    }

    private static JsonObject job(VideoJob job) {
        JsonObject json = new JsonObject();
        json.put("id", job.id());
        json.put("state", job.state().name());
        json.put("provider", job.provider());
        json.put("account", job.account());
        put(json, "model", job.model());
        put(json, "taskId", job.taskId());
        put(json, "progress", job.progress());
        put(json, "createdAt", text(job.createdAt()));
        json.put("polls", job.polls());
        put(json, "route", job.route());
        put(json, "errorType", job.error() == null ? null : job.error().type().name());
        return json;
    }

    private static JsonObject gateway(GatewayStatus.Snapshot status) {
        JsonObject json = new JsonObject();
        put(json, "lastSuccess", text(status.lastSuccess()));
        put(json, "lastFailure", text(status.lastFailure()));
        put(json, "lastFailureReason", status.error());
        put(json, "lastJobError", status.jobError());
        JsonObject refused = new JsonObject();
        status.refusedSince().forEach((account, since) -> refused.put(account, since.toString()));
        json.put("refusedSince", refused);
        return json;
    }

    private static void put(JsonObject json, String name, Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static String text(Instant at) {
        return at == null ? null : at.toString();
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        List<String> lines = new ArrayList<>();
        getCamelContext().hasServices(VideoJobs.class).forEach(jobs -> text(json(jobs.node()), lines));
        return lines.isEmpty() ? "No endpoint of grokvideo has started yet" : String.join("\n", lines);
    }

    private static void text(JsonObject root, List<String> lines) {
        JsonObject store = (JsonObject) root.get("store");
        lines.add("Node: " + root.get("node"));
        lines.add("Job store: " + store.get("type") + (Boolean.TRUE.equals(store.get("durable")) ? ", durable" : ", in memory")
                + (Boolean.TRUE.equals(store.get("reachable")) ? "" : ", NOT REACHABLE: " + store.get("error")));
        lines.add("Accounts:");
        for (Object one : (JsonArray) root.get("accounts")) {
            JsonObject account = (JsonObject) one;
            lines.add("  " + account.get("name") + ": " + account.get("provider") + " at " + account.get("host") + ", submits "
                    + rate(account.get("submitsPerSecond")) + ", jobs at once " + number(account.get("maxConcurrentJobs")));
        }
        lines.add("Jobs in the store: " + root.get("jobsByState"));
        lines.add("Open on this node: " + root.get("inHand"));
        lines.add("Gateways: " + root.get("gateways"));
        lines.add("Jobs that changed last:");
        for (Object one : (JsonArray) root.get("recentJobs")) {
            JsonObject job = (JsonObject) one;
            lines.add("  " + job.get("id") + " " + job.get("state") + " " + job.get("provider")
                    + (job.containsKey("progress") ? " " + job.get("progress") + "%" : "")
                    + (job.containsKey("errorType") ? " " + job.get("errorType") : ""));
        }
    }

    private static String rate(Object perSecond) {
        return ((Number) perSecond).doubleValue() == 0 ? "unlimited" : perSecond + "/s";
    }

    private static String number(Object most) {
        return ((Number) most).intValue() == 0 ? "unlimited" : most.toString();
    }
}
