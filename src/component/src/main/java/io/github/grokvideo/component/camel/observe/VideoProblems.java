// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @ManagedOperation(description = "How much there is of each kind, as JSON: unknown, undelivered, held, untaken, accounts (of this"
            + " node), budgets")
    public String counts() {
        return JmxCall.plainly(() -> JobView.write(counts(engine.store().count(unknown(1)), engine.store().count(failedDeliveries(1)),
                takenUntil(), refused().size(), fullBudgets().size())));
    }

    private ObjectNode counts(long unknown, long undelivered, Instant until, int accounts, int budgets) {
        return JobView.JSON.createObjectNode().put("unknown", unknown).put("undelivered", undelivered)
                .put("held", engine.store().countHeld(until)).put("untaken", engine.store().countOffered(until))
                .put("accounts", accounts).put("budgets", budgets);
    }

    private Instant takenUntil() {
        return clock.instant().minus(PATIENCE);
    }

    @ManagedOperation(description = "The counts and the first of each kind as JSON, the oldest first. Jobs are as in the pages of"
            + " VideoJobs, with expiresAt: when a video that nobody takes is deleted. 1 limit: the most jobs of a kind, 1 to 100")
    public String problems(int limit) {
        if (limit < 1 || limit > MAX) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX + ": " + limit);
        }
        return JmxCall.plainly(() -> {
            Instant until = takenUntil();
            JobPage unknown = engine.store().page(unknown(limit));
            JobPage undelivered = engine.store().page(failedDeliveries(limit));
            List<Refused> accounts = refused();
            List<Map<String, Object>> budgets = fullBudgets();
            ObjectNode answer = JobView.JSON.createObjectNode();
            answer.set("counts", counts(unknown.total(), undelivered.total(), until, accounts.size(), budgets.size()));
            answer.set("unknown", rows(unknown.jobs()));
            answer.set("undelivered", rows(undelivered.jobs()));
            answer.set("held", rows(engine.store().listHeld(until, limit)));
            answer.set("untaken", rows(engine.store().listOffered(until, job -> true, limit)));
            ArrayNode refused = answer.putArray("accounts");
            accounts.forEach(account -> refused.add(json(account)));
            answer.set("budgets", JobView.JSON.valueToTree(budgets));
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

    private ArrayNode rows(List<VideoJob> jobs) {
        ArrayNode rows = json.page(jobs);
        for (int i = 0; i < jobs.size(); i++) {
            VideoJob job = jobs.get(i);
            ((ObjectNode) rows.get(i)).put("expiresAt",
                    isDeleted(job) ? job.videoAt().plus(node.settings().keepUndelivered()).toString() : null);
        }
        return rows;
    }

    /** Whether the video will be deleted if nobody takes it: one that is in a directory of the user's is left there. */
    private static boolean isDeleted(VideoJob job) {
        return job.videoAt() != null
                && (job.state() == JobState.RENDERED || job.state() == JobState.DOWNLOADED && job.directory() == null);
    }

    /** An account that a gateway refuses now. */
    private record Refused(String provider, String name, GatewayStatus.AccountCalls calls) {
    }

    private List<Refused> refused() {
        Instant now = clock.instant();
        List<Refused> refused = new ArrayList<>();
        node.gateways().providers().forEach((provider, status) -> status.accounts().forEach((name, calls) -> {
            if (calls.isRefused(now, GatewayStatus.FRESH)) {
                refused.add(new Refused(provider, name, calls));
            }
        }));
        return refused;
    }

    private ObjectNode json(Refused account) {
        // A status query is free of charge and tells whether the key works again.
        String waiting = engine.store().list(new JobQuery(Set.of(JobState.ACCEPTED, JobState.RUNNING), Set.of(), account.provider,
                account.name, null, null, JobQuery.Sort.CREATED, false, 0, 1)).stream().map(VideoJob::id).findFirst().orElse(null);
        return JobView.JSON.createObjectNode().put("account", account.name).put("provider", account.provider)
                .put("refusedSince", account.calls.refusedSince().toString()).put("lastRefusal", account.calls.lastRefusal().toString())
                .put("error", account.calls.refusal()).put("waitingJob", waiting);
    }

    private List<Map<String, Object>> fullBudgets() {
        return engine.spending().budgets().stream().filter(VideoProblems::isFull).map(BudgetMap::of).toList();
    }

    private static boolean isFull(BudgetUse use) {
        return use.left().compareTo(use.limit().multiply(LEAST_LEFT)) <= 0;
    }
}
