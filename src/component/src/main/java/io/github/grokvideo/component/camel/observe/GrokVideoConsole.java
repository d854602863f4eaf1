// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** Camel's developer console {@code grokvideo}: state and activity of this node. No prompts, keys or URLs. */
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
        Probe.Answer answer = node.storeProbe().ask();
        JsonObject store = new JsonObject();
        store.put("type", node.storeName());
        store.put("durable", node.engine().store().isDurable());
        store.put("reachable", answer.isReachable());
        NodeJson.put(store, "error", answer.error());
        root.put("store", store);
        root.put("accounts", NodeJson.accounts(node));
        root.put("jobsByState", answer.isReachable() ? NodeJson.jobsByState(node) : new JsonObject());
        root.put("inHand", NodeJson.inHand(node));
        JsonArray recent = new JsonArray();
        node.recentJobs().list().forEach(job -> recent.add(job(job)));
        root.put("recentJobs", recent);
        root.put("gateways", NodeJson.gateways(node));
        return root;
    }

    private static JsonObject job(VideoJob job) {
        JsonObject json = new JsonObject();
        json.put("id", job.id());
        json.put("state", job.state().name());
        json.put("provider", job.provider());
        json.put("account", job.account());
        NodeJson.put(json, "model", job.model());
        NodeJson.put(json, "taskId", job.taskId());
        NodeJson.put(json, "progress", job.progress());
        NodeJson.put(json, "createdAt", NodeJson.text(job.createdAt()));
        json.put("polls", job.polls());
        NodeJson.put(json, "route", job.route());
        NodeJson.put(json, "errorType", job.error() == null ? null : job.error().type().name());
        return json;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        List<String> lines = new ArrayList<>();
        getCamelContext().hasServices(VideoJobs.class).forEach(jobs -> text(json(jobs.node()), lines));
        return lines.isEmpty() ? "No grokvideo endpoint has started yet" : String.join("\n", lines);
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
        lines.add("Recently changed jobs:");
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
