// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.time.Instant;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/** The engine's current activity, for operators over JMX. Calls neither a gateway nor the store. */
@ManagedResource(description = "What this node is doing for Grok Imagine video jobs")
public final class VideoJobEngine extends ServiceSupport implements StaticService {

    private final NodeView node;

    VideoJobEngine(NodeView node) {
        this.node = node;
    }

    @ManagedAttribute(description = "This node: its id among those that share the job store, or else the host")
    public String getNode() {
        return node.name();
    }

    @ManagedAttribute(description = "Open jobs that this node follows")
    public int getOpenJobs() {
        return node.jobsInHand().size();
    }

    @ManagedAttribute(description = "Id of the oldest of them; empty if there is none")
    public String getOldestOpenJob() {
        return node.jobsInHand().oldest().map(VideoJob::id).orElse("");
    }

    @ManagedAttribute(description = "Since when it has been open (UTC); empty if there is none")
    public String getOldestOpenJobSince() {
        return node.jobsInHand().oldest().map(VideoJob::createdAt).map(Instant::toString).orElse("");
    }

    @ManagedAttribute(description = "Calls to gateways in progress: submits, status queries, uploads")
    public int getCallsInFlight() {
        return node.engine().load().calls();
    }

    @ManagedAttribute(description = "Calls to gateways that wait for running ones to end; if not 0 for long, a gateway is slow, or the"
                                    + " option ioThreads too small for the submits and uploads")
    public int getCallsWaiting() {
        return node.engine().load().waitingCalls();
    }

    @ManagedAttribute(description = "Downloads of videos in progress")
    public int getDownloadsInFlight() {
        return node.engine().load().downloads();
    }

    @ManagedAttribute(description = "Downloads that wait for a running one to end")
    public int getDownloadsWaiting() {
        return node.engine().load().waitingDownloads();
    }

    @ManagedOperation(description = "The open jobs of this node as JSON: how many, by provider and state")
    public String openJobsByState() {
        return NodeJson.inHand(node).toJson();
    }

    @ManagedOperation(description = "The accounts in use as JSON: provider, host and limits of each; no keys")
    public String accounts() {
        return NodeJson.accounts(node).toJson();
    }

    @ManagedOperation(description = "The webhook notices that this node has received as JSON: how many, by provider and outcome")
    public String webhooks() {
        return NodeJson.webhooks(node).toJson();
    }

    @ManagedOperation(description = "How the last calls to each gateway went, as JSON, and since when one refuses an account")
    public String gateways() {
        return NodeJson.gateways(node).toJson();
    }
}
