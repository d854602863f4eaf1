// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.component.camel.observe.jobs.BudgetMap;
import io.github.grokvideo.component.camel.observe.jobs.GatewayStatus;
import io.github.grokvideo.component.camel.observe.jobs.JmxCall;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobPage;
import io.github.grokvideo.component.store.JobQuery;
import io.github.grokvideo.component.store.spend.BudgetUse;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/** What has gone wrong and waits for a person, for operators over JMX: JSON only. Operations block, and throw with a plain message. */
@ManagedResource(description = "What has gone wrong with Grok Imagine video jobs and waits for a person")
public final class VideoProblems extends ServiceSupport implements StaticService {

    /** A route that works takes a job, or ends, long before. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** A budget with less than this share of its limit left counts as full: hardly any job fits. */
    private static final BigDecimal LEAST_LEFT = new BigDecimal("0.01");
    private static final int MAX = 100;

    private final VideoEngine engine;
    private final NodeView node;
    private final JobView json;
    private final Clock clock;

    VideoProblems(NodeView node, Clock clock) {
        this.engine = node.engine();
        this.node = node;
        this.json = new JobView(engine, node.showPrompts());
        this.clock = clock;
    }

    @ManagedOperation(description = "How much there is of each kind, as JSON: unknown, undelivered, untaken, accounts (of this"
            + " node), budgets")
    public String counts() {
        return JmxCall.plainly(() -> JobView.write(counted()));
    }

    private ObjectNode counted() {
        Instant until = clock.instant().minus(PATIENCE);
        return JobView.JSON.createObjectNode()
                .put("unknown", engine.operations().page(unknown(1)).total())
                .put("undelivered", engine.operations().page(failedDeliveries(1)).total() + engine.store().countHeld(until))
                .put("untaken", engine.store().countOffered(until))
                .put("accounts", refusedAccounts().size())
                .put("budgets", fullBudgets().size());
    }

    @ManagedOperation(description = "The counts and the first of each kind as JSON, the oldest first. Jobs are as in the pages of"
            + " VideoJobs, with expiresAt: when a video that nobody takes is deleted. 1 limit: the most jobs of a kind, 1 to 100")
    public String problems(int limit) {
        if (limit < 1 || limit > MAX) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX + ": " + limit);
        }
        return JmxCall.plainly(() -> {
            Instant until = clock.instant().minus(PATIENCE);
            ObjectNode answer = JobView.JSON.createObjectNode();
            answer.set("counts", counted());
            answer.set("unknown", rows(engine.operations().page(unknown(limit)).jobs()));
            ArrayNode undelivered = rows(engine.operations().page(failedDeliveries(limit)).jobs());
            undelivered.addAll(rows(held(limit, until)));
            answer.set("undelivered", undelivered);
            answer.set("untaken", rows(engine.store().listOffered(until, job -> true, limit)));
            answer.set("accounts", refusedAccounts());
            answer.set("budgets", JobView.JSON.valueToTree(fullBudgets()));
            return JobView.write(answer);
        });
    }

    private static JobQuery unknown(int limit) {
        return oldest(Set.of(JobState.UNKNOWN), Set.of(), limit);
    }

    private static JobQuery failedDeliveries(int limit) {
        return oldest(Set.of(), Set.of(JobDelivery.State.UNDELIVERED), limit);
    }

    private static JobQuery oldest(Set<JobState> states, Set<JobDelivery.State> deliveries, int limit) {
        return new JobQuery(states, deliveries, null, null, null, null, JobQuery.Sort.CREATED, false, 0, limit);
    }

    /** Jobs whose exchange has the video, or has failed and left it. */
    private List<VideoJob> held(int limit, Instant until) {
        JobPage page = engine.operations().page(oldest(Set.of(JobState.DOWNLOADED), Set.of(JobDelivery.State.ATTACHED), limit));
        return page.jobs().stream().filter(job -> job.videoAt() != null && !job.videoAt().isAfter(until)).toList();
    }

    private ArrayNode rows(List<VideoJob> jobs) {
        ArrayNode rows = json.page(jobs);
        for (int i = 0; i < jobs.size(); i++) {
            VideoJob job = jobs.get(i);
            boolean expires = (job.state() == JobState.DOWNLOADED || job.state() == JobState.RENDERED) && job.videoAt() != null;
            ((ObjectNode) rows.get(i)).put("expiresAt",
                    expires ? job.videoAt().plus(node.settings().keepUndelivered()).toString() : null);
        }
        return rows;
    }

    private ArrayNode refusedAccounts() {
        ArrayNode accounts = JobView.JSON.createArrayNode();
        node.gateways().providers().forEach((provider, status) -> status.accounts().forEach((name, calls) -> {
            if (calls.refusedSince() != null) {
                accounts.add(refused(provider, name, status, calls));
            }
        }));
        return accounts;
    }

    private JsonNode refused(String provider, String name, GatewayStatus.Snapshot status, GatewayStatus.AccountCalls calls) {
        // A status query is free of charge and tells whether the key works again.
        String waiting = engine.operations().page(new JobQuery(Set.of(JobState.ACCEPTED, JobState.RUNNING), Set.of(), provider, name, null,
                null, JobQuery.Sort.CREATED, false, 0, 1)).jobs().stream().map(VideoJob::id).findFirst().orElse(null);
        return JobView.JSON.createObjectNode().put("account", name).put("provider", provider)
                .put("refusedSince", calls.refusedSince().toString()).put("lastRefusal", calls.lastRefusal().toString())
                .put("error", status.error()).put("waitingJob", waiting);
    }

    private List<Map<String, Object>> fullBudgets() {
        return engine.spending().budgets().stream().filter(VideoProblems::isFull).map(BudgetMap::of).toList();
    }

    private static boolean isFull(BudgetUse use) {
        return use.left().compareTo(use.limit().multiply(LEAST_LEFT)) <= 0;
    }
}
