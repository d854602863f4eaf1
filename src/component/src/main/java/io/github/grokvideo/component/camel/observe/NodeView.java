// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import io.github.grokvideo.component.camel.observe.jobs.GatewayStatus;
import io.github.grokvideo.component.camel.observe.jobs.History;
import io.github.grokvideo.component.camel.observe.jobs.OpenJobs;
import io.github.grokvideo.component.camel.observe.jobs.PollAnswers;
import io.github.grokvideo.component.camel.observe.jobs.RecentJobs;
import io.github.grokvideo.component.camel.observe.jobs.WebhookCounts;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoEngine;
import org.apache.camel.util.InetAddressUtil;

/**
 * The state of this node, for consoles and checks.
 *
 * @param engine   the running engine
 * @param settings of the component
 * @param accounts those in use
 */
record NodeView(
        VideoEngine engine, ObserverSettings settings, Supplier<Collection<VideoAccount>> accounts, OpenJobs jobsInHand,
        RecentJobs recentJobs, History history, GatewayStatus gateways, PollAnswers polls, Probe storeProbe, Probe folderProbe,
        WebhookCounts webhooks) {

    String name() {
        return engine.node() == null ? InetAddressUtil.getLocalHostNameSafe() : engine.node();
    }

    /** @return the gateway that the component's own options name; null = none */
    String provider() {
        return settings.provider();
    }

    boolean showPrompts() {
        return settings.showPrompts();
    }

    String storeName() {
        return engine.store().getClass().getSimpleName();
    }

    List<VideoAccount> accountsByName() {
        return accounts.get().stream().sorted(Comparator.comparing(VideoAccount::name)).toList();
    }
}
