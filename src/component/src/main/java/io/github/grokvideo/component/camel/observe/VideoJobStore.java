// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.util.Objects;
import io.github.grokvideo.component.camel.observe.jobs.JmxCall;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/** The job store, for operators over JMX. Its attributes cost at most one small read every 10 seconds, however often they are read. */
@ManagedResource(description = "Where Grok Imagine video jobs are kept")
public final class VideoJobStore extends ServiceSupport implements StaticService {

    private final NodeView node;

    VideoJobStore(NodeView node) {
        this.node = node;
    }

    @ManagedAttribute(description = "Kind of the store: MemoryJobStore, JdbcJobStore (H2 file or PostgreSQL), or a custom one")
    public String getType() {
        return node.storeName();
    }

    @ManagedAttribute(description = "Whether jobs outlive this JVM")
    public boolean isDurable() {
        return node.engine().store().isDurable();
    }

    @ManagedAttribute(description = "Whether several nodes may work on it")
    public boolean isShared() {
        return node.engine().node() != null;
    }

    @ManagedAttribute(description = "Whether it answers, as of the last 10 seconds")
    public boolean isReachable() {
        return node.storeProbe().ask().isReachable();
    }

    @ManagedAttribute(description = "Why it does not answer; empty if it does")
    public String getError() {
        return Objects.toString(node.storeProbe().ask().error(), "");
    }

    @ManagedAttribute(description = "When this was last checked (UTC)")
    public String getAskedAt() {
        return NodeJson.text(node.storeProbe().ask().at());
    }

    @ManagedOperation(description = "How many jobs it has in each state, as JSON; of all nodes if several share it")
    public String jobsByState() {
        try {
            return NodeJson.jobsByState(node).toJson();
        } catch (RuntimeException e) {
            throw JmxCall.plain(e);
        }
    }
}
