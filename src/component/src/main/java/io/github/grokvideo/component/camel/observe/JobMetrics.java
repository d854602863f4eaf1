// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import io.github.grokvideo.component.camel.observe.jobs.JobChange;
import io.github.grokvideo.component.camel.observe.jobs.OpenJobs;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.WebhookResult;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Jobs as Micrometer meters, which the component's documentation lists. Tags have few values: no ids, and no more accounts than
 * {@value #MAX_ACCOUNTS}; further ones are {@code other}, and as many budgets. Thread-safe.
 */
final class JobMetrics implements Metrics {

    static final String SUBMITS = "grokvideo.submits";
    static final String POLLS = "grokvideo.polls";
    static final String POLL_LAG = "grokvideo.poll.lag";
    static final String WAIT = "grokvideo.wait";
    static final String ENDS = "grokvideo.jobs.ended";
    static final String OPEN = "grokvideo.jobs.open";
    static final String DOWNLOADS = "grokvideo.download";
    static final String DOWNLOAD_BYTES = "grokvideo.download.bytes";
    static final String CALLS = "grokvideo.gateway.calls";
    static final String SPEND = "grokvideo.spend";
    static final String RETRIES = "grokvideo.retries";
    static final String DELIVERIES = "grokvideo.deliveries";
    static final String WEBHOOKS = "grokvideo.webhooks";
    static final String WEBHOOK_SOONER = "grokvideo.webhook.sooner";

    static final String BUDGET_LIMIT = "grokvideo.budget.limit";
    static final String BUDGET_SPENT = "grokvideo.budget.spent";
    static final String BUDGET_RESERVED = "grokvideo.budget.reserved";

    static final int MAX_ACCOUNTS = 100;
    private static final String NONE = "none";

    private final MeterRegistry registry;
    private final OpenJobs jobsInHand;
    private final Set<String> providers = ConcurrentHashMap.newKeySet();
    private final Set<String> accounts = ConcurrentHashMap.newKeySet();
    /** Cached by tags and name: the registry would build and look up a meter id a dozen times per job. */
    private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
    private final Map<List<String>, Timer> timers = new ConcurrentHashMap<>();
    private final Map<String, BudgetUse> budgets = new ConcurrentHashMap<>();
    private final Map<Meter.Id, Meter> gauges = new ConcurrentHashMap<>();

    JobMetrics(MeterRegistry registry, OpenJobs jobsInHand) {
        this.registry = registry;
        this.jobsInHand = jobsInHand;
    }

    @Override
    public void onChange(JobChange change) {
        VideoJob job = change.after();
        String provider = provider(job.provider());
        String account = account(job.account());
        String mode = job.mode() == null ? NONE : job.mode().value();
        change.submitOutcome().ifPresent(outcome -> {
            count(SUBMITS, "How POSTs ended", "provider", provider, "account", account, "mode", mode, "outcome", word(outcome));
            if (outcome == JobChange.SubmitOutcome.REPEATED) {
                retried(provider, "submit");
            }
        });
        poll(change, provider, account);
        change.waited().ifPresent(wait -> time(WAIT, "From acceptance until the video was seen or the job ended without one", wait,
                "provider", provider, "mode", mode, "outcome", change.isRendered() ? "rendered" : word(job.state())));
        if (change.isEnd()) {
            count(ENDS, "Jobs that ended", "provider", provider, "account", account, "mode", mode, "state", word(job.state()));
        }
        if (change.isDownloadBegun() && job.downloads() > 1) {
            retried(provider, "download");
        }
        change.spent().ifPresent(cost -> counter(SPEND, "Cost of jobs, reported or estimated", null, "provider", provider, "account",
                account, "unit", cost.unit(), "estimated", String.valueOf(cost.estimated())).increment(cost.amount().doubleValue()));
        delivery(change, provider);
    }

    private void poll(JobChange change, String provider, String account) {
        if (!change.isPoll()) {
            return;
        }
        String outcome = change.isPollWithoutAnswer() ? "no_answer" : change.isRendered() ? "rendered"
                : change.after().state().isEnded() ? "ended" : "pending";
        count(POLLS, "Status queries, answered or not", "provider", provider, "account", account, "outcome", outcome);
        if (change.isPollWithoutAnswer()) {
            retried(provider, "poll");
        }
        change.lag().ifPresent(lag -> time(POLL_LAG, "Upper bound of the time finished videos were not noticed", lag,
                "provider", provider));
    }

    /** Counts the deliveries of {@code completed}. */
    private void delivery(JobChange change, String provider) {
        JobDelivery.State now = change.after().delivery().state();
        boolean claimedBefore = change.before() != null && change.before().delivery().state() == JobDelivery.State.CLAIMED;
        if (!claimedBefore || now == JobDelivery.State.CLAIMED) {
            return;
        }
        String outcome = now == JobDelivery.State.ACKNOWLEDGED ? "acknowledged"
                : now == JobDelivery.State.UNDELIVERED ? "undelivered" : "given_back";
        count(DELIVERIES, "Outcomes of deliveries to completed consumers", "provider", provider, "outcome", outcome);
    }

    @Override
    public void onCall(GatewayCall call) {
        String provider = provider(call.account().provider().name());
        if (call.operation() == GatewayCall.Operation.DOWNLOAD) {
            downloaded(call, provider);
            return;
        }
        String status = call.status() == 0 ? NONE : call.status() / 100 + "xx";
        time(CALLS, "Calls to gateways", call.time(), "provider", provider, "account", account(call.account().name()),
                "operation", word(call.operation()), "status", status);
    }

    @Override
    public void onNotice(VideoAccount account, WebhookResult result) {
        String provider = provider(account.provider().name());
        count(WEBHOOKS, "Webhook notices received", "provider", provider, "account", account(account.name()),
                "outcome", word(result.outcome()));
        if (result.sooner() != null) {
            time(WEBHOOK_SOONER, "By how much webhook notices brought status queries forward", result.sooner(), "provider", provider);
        }
    }

    @Override
    public void onBudgets(List<BudgetUse> uses) {
        uses.forEach(use -> {
            String name = use.window().name();
            if (budgets.size() >= MAX_ACCOUNTS && !budgets.containsKey(name)) {
                return;
            }
            if (budgets.put(name, use) == null) {
                budget(BUDGET_LIMIT, "Limit of a budget", use, BudgetUse::limit);
                budget(BUDGET_SPENT, "Spent of a budget, reported or estimated", use, one -> one.estimated().add(one.reported()));
                budget(BUDGET_RESERVED, "Reserved of a budget for jobs that are not over", use, BudgetUse::reserved);
            }
        });
    }

    private void budget(String meter, String description, BudgetUse first, Function<BudgetUse, BigDecimal> amount) {
        String name = first.window().name();
        Gauge gauge = Gauge.builder(meter, budgets, all -> amount.apply(all.get(name)).doubleValue()).description(description)
                .tags("budget", name, "unit", first.window().budget().limit().unit()).register(registry);
        gauges.put(gauge.getId(), gauge);
    }

    private void downloaded(GatewayCall call, String provider) {
        time(DOWNLOADS, "Attempts to download a video", call.time(), "provider", provider,
                "outcome", call.error() == null ? "done" : "failed");
        counter(DOWNLOAD_BYTES, "Videos downloaded", "bytes", "provider", provider).increment(call.bytes());
    }

    private void retried(String provider, String what) {
        count(RETRIES, "Retries", "provider", provider, "what", what);
    }

    private void count(String name, String description, String... tags) {
        counter(name, description, null, tags).increment();
    }

    private void time(String name, String description, Duration time, String... tags) {
        timers.computeIfAbsent(key(name, tags), key -> Timer.builder(name).description(description).tags(tags).register(registry))
                .record(time);
    }

    private Counter counter(String name, String description, String unit, String... tags) {
        return counters.computeIfAbsent(key(name, tags), key -> Counter.builder(name).description(description).baseUnit(unit).tags(tags)
                .register(registry));
    }

    private static List<String> key(String name, String... tags) {
        String[] key = Arrays.copyOf(tags, tags.length + 1);
        key[tags.length] = name;
        return Arrays.asList(key);
    }

    /** Registers all states of a provider at once, so that graphs have no gaps. */
    private String provider(String provider) {
        if (providers.add(provider)) {
            for (JobState state : JobState.values()) {
                if (!state.isEnded() && state != JobState.DOWNLOADED) {
                    Gauge gauge = Gauge.builder(OPEN, jobsInHand, jobs -> jobs.count(provider, state))
                            .description("Open jobs that this node follows").tags("provider", provider, "state", word(state))
                            .register(registry);
                    gauges.put(gauge.getId(), gauge);
                }
            }
        }
        return provider;
    }

    private String account(String account) {
        return accounts.contains(account) || accounts.size() < MAX_ACCOUNTS && accounts.add(account) ? account : "other";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The next engine has its own gauges; counters continue. */
    @Override
    public void close() {
        gauges.values().forEach(registry::remove);
    }
}
