// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.fault.FaultPlan;
import io.github.grokvideo.simulator.fault.FaultStage;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.JobMark;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobs;
import io.github.grokvideo.simulator.ledger.Ledger;
import io.github.grokvideo.simulator.ledger.LedgerEntry;

/**
 * Processes requests that a gateway has parsed: faults, credit, jobs and the ledger.
 */
public final class FrontDesk {

    /** An account whose key contains this has no credit. */
    static final String POOR_KEY = "poor";

    private final AccountDefaults accounts;
    private final SimulatedJobs jobs;
    private final Ledger ledger;
    private final FaultPlan plan;
    private final PromptFaults promptFaults;
    private final UrlSigner urls;
    private final Outbox outbox;

    public FrontDesk(AccountDefaults accounts, SimulatedJobs jobs, Ledger ledger, FaultPlan plan, PromptFaults promptFaults,
            UrlSigner urls, Outbox outbox) {
        this.accounts = accounts;
        this.jobs = jobs;
        this.ledger = ledger;
        this.plan = plan;
        this.promptFaults = promptFaults;
        this.urls = urls;
        this.outbox = outbox;
    }

    /** Refuses a valid request, or creates and charges a job. */
    Answer submit(Gateway gateway, Call call, JobDraft draft) {
        promptFaults.check(draft.prompt());
        Optional<Fault> fault = promptFaults.take(gateway.id(), draft.prompt()).or(() -> plan.take(gateway.id(), FaultStage.SUBMIT));
        if (fault.isPresent() && !fault.get().creates()) {
            return FaultAnswers.spoil(gateway, fault.get(), FaultAnswers.NOTHING);
        }
        BigDecimal credit = credit(gateway, call);
        if (credit.signum() <= 0 || credit.compareTo(draft.price()) < 0) {
            return gateway.error(Trouble.NO_CREDIT, gateway.noCredit());
        }
        SimulatedJob job = replayed(gateway, draft).orElseGet(() -> create(gateway, draft));
        Answer answer = gateway.accepted(job);
        return fault.map(f -> FaultAnswers.spoil(gateway, f, () -> answer)).orElse(answer);
    }

    /** Answers a status query by task id. */
    Answer poll(Gateway gateway, String taskId) {
        return poll(gateway, taskId, gateway::status);
    }

    /** Answers a query by task id in another way than the gateway's status. */
    Answer poll(Gateway gateway, String taskId, Function<SimulatedJob, Answer> normal) {
        return ask(gateway, jobs.find(gateway.id(), taskId), FaultStage.POLL, normal);
    }

    /** Answers a status query by the caller's own id. */
    Answer lookUp(Gateway gateway, String clientBusinessId) {
        return ask(gateway, jobs.findByBusinessId(gateway.id(), clientBusinessId), FaultStage.LOOKUP, gateway::status);
    }

    /** Answers an upload. */
    Answer upload(Gateway gateway, Answer normal) {
        return plan.take(gateway.id(), FaultStage.UPLOAD)
                .map(fault -> FaultAnswers.spoil(gateway, fault, () -> normal)).orElse(normal);
    }

    /** A job of this gateway, for its content. */
    Optional<SimulatedJob> job(Gateway gateway, String taskId) {
        return jobs.find(gateway.id(), taskId);
    }

    /** The jobs of a gateway, oldest first. */
    List<SimulatedJob> jobs(Gateway gateway) {
        return jobs.all().stream().filter(job -> job.gateway().equals(gateway.id()) && !job.marked(JobMark.DELETED)).toList();
    }

    /** The job of a URL from this simulator. */
    Optional<SimulatedJob> behind(String url) {
        return UrlSigner.taskId(url).flatMap(jobs::find);
    }

    /** A job of the named gateway. */
    Optional<SimulatedJob> behind(String gateway, String taskId) {
        return jobs.find(gateway, taskId);
    }

    /** The remaining credit of the caller's account, in the gateway's own unit. */
    BigDecimal credit(Gateway gateway, Call call) {
        if (gateway.key(call).orElse("").contains(POOR_KEY)) {
            return BigDecimal.ZERO;
        }
        return accounts.startingCredit(gateway.id()).subtract(ledger.spent(gateway.id()));
    }

    /** Charges minus refunds, in the gateway's own unit. */
    BigDecimal spent(Gateway gateway) {
        return ledger.spent(gateway.id());
    }

    /** The current URL of a finished job's video. */
    String url(SimulatedJob job) {
        return urls.url(job);
    }

    /** The secret that signs the gateway's webhooks; empty if none is configured. */
    Optional<String> webhookSecret(Gateway gateway) {
        return accounts.webhookSecret(gateway.id());
    }

    /** Scheme, host and port of the simulator. */
    String origin() {
        return urls.origin();
    }

    private Answer ask(Gateway gateway, Optional<SimulatedJob> found, FaultStage stage, Function<SimulatedJob, Answer> usual) {
        Optional<Fault> fault = found.flatMap(job -> job.takeFault(stage)).or(() -> plan.take(gateway.id(), stage));
        // A refund is booked before any query can see the failure.
        ledger.spent(gateway.id());
        found.ifPresent(jobs::prepare);
        Answer normal = found.map(usual).orElseGet(() -> gateway.error(Trouble.NO_TASK, "Task not found"));
        return fault.map(f -> FaultAnswers.spoil(gateway, f, () -> normal)).orElse(normal);
    }

    private Optional<SimulatedJob> replayed(Gateway gateway, JobDraft draft) {
        return accounts.replayBusinessIds() && draft.clientBusinessId() != null
                ? jobs.findByBusinessId(gateway.id(), draft.clientBusinessId())
                : Optional.empty();
    }

    private SimulatedJob create(Gateway gateway, JobDraft draft) {
        List<Fault> faults = promptFaults.left(gateway.id(), draft.prompt());
        List<Fault> planned = plan.take(gateway.id(), FaultStage.JOB).map(List::of).orElse(List.of());
        List<Fault> called = draft.extras().containsKey(JobDraft.CALLBACK_URL)
                ? plan.take(gateway.id(), FaultStage.WEBHOOK).map(List::of).orElse(List.of()) : List.of();
        SimulatedJob job = jobs.create(gateway.id(), gateway.newTaskId(), draft, join(join(faults, planned), called));
        ledger.book(LedgerEntry.charge(job, gateway.unit()));
        outbox.accepted(gateway, job);
        return job;
    }

    private static List<Fault> join(List<Fault> first, List<Fault> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
