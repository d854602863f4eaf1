// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import io.github.grokvideo.component.camel.observe.jobs.GatewayStatus;
import io.github.grokvideo.component.camel.observe.jobs.PollAnswers;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.job.PlainDuration;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.health.HealthCheckResultBuilder;

/** The component's health checks. */
final class HealthChecks {

    private HealthChecks() {
    }

    static List<PassiveCheck> of(NodeView node, Clock clock) {
        return List.of(new Gateways(node.gateways(), clock), new Polls(node, clock), new Store(node), new WorkDirectory(node),
                new OpenJobs(node, clock), new BudgetCheck(node));
    }

    /**
     * Down while gateways refuse accounts and none works. Refusals expire, since a node that gets no work while down would never notice
     * that its key has been renewed. A gateway outage is reported in the details, but does not take this node down.
     */
    private static final class Gateways extends PassiveCheck {

        private final GatewayStatus status;
        private final Clock clock;

        private Gateways(GatewayStatus status, Clock clock) {
            super("grokvideo-gateways");
            this.status = status;
            this.clock = clock;
        }

        @Override
        void look(HealthCheckResultBuilder result) {
            Instant now = clock.instant();
            List<String> refused = new ArrayList<>();
            boolean works = false;
            for (Map.Entry<String, GatewayStatus.Snapshot> one : status.providers().entrySet()) {
                String provider = one.getKey();
                GatewayStatus.Snapshot last = one.getValue();
                detail(result, provider + ".lastSuccess", last.lastSuccess());
                detail(result, provider + ".lastFailure", last.lastFailure());
                detail(result, provider + ".lastFailureReason", last.error());
                for (Map.Entry<String, GatewayStatus.AccountCalls> account : last.accounts().entrySet()) {
                    GatewayStatus.AccountCalls calls = account.getValue();
                    works |= calls.works(now, GatewayStatus.FRESH);
                    detail(result, provider + "." + account.getKey() + ".refusedSince", calls.refusedSince());
                    if (calls.isRefused(now, GatewayStatus.FRESH)) {
                        refused.add(provider + " refuses account " + account.getKey() + " (since " + calls.refusedSince() + ")");
                    }
                }
            }
            if (!refused.isEmpty() && !works) {
                result.down().message(String.join("; ", refused) + ": check its key and permissions; open jobs continue with a new key");
            }
        }
    }

    /** Down while the store does not answer. */
    private static final class Store extends PassiveCheck {

        private final NodeView node;

        private Store(NodeView node) {
            super("grokvideo-store");
            this.node = node;
        }

        @Override
        void look(HealthCheckResultBuilder result) {
            Probe.Answer answer = node.storeProbe().ask();
            detail(result, "store", node.storeName());
            detail(result, "asked", answer.at());
            if (!answer.isReachable()) {
                result.down().message("The job store does not answer: " + answer.error());
            }
        }
    }

    /**
     * Down while jobs wait and either no gateway answers status queries or none are sent. The cause is then more likely here, in the
     * network, a proxy or this program, than at a gateway.
     */
    private static final class Polls extends PassiveCheck {

        private final NodeView node;
        private final Clock clock;

        private Polls(NodeView node, Clock clock) {
            super("grokvideo-polls");
            this.node = node;
            this.clock = clock;
        }

        @Override
        void look(HealthCheckResultBuilder result) {
            Duration limit = node.settings().pollLimit();
            Instant now = clock.instant();
            List<String> silent = new ArrayList<>();
            boolean answered = false;
            detail(result, "limit", PlainDuration.of(limit));
            for (Map.Entry<String, PollAnswers.Queries> one : node.polls().providers().entrySet()) {
                String provider = one.getKey();
                PollAnswers.Queries queries = one.getValue();
                detail(result, provider + ".lastAnswer", queries.answered());
                detail(result, provider + ".silentSince", queries.silentSince());
                answered |= queries.isAnswered(now, limit);
                if (queries.isSilent(now, limit) && (queries.isAsked(now, limit) || node.jobsInHand().isAnyWaiting(provider))) {
                    silent.add(provider + " since " + queries.silentSince() + " (" + queries.error() + ")");
                }
            }
            if (!silent.isEmpty() && !answered) {
                result.down().message("Status queries get no answer: " + String.join("; ", silent)
                        + ". Jobs wait, and continue once there are answers: check network, proxy, baseUrl and this program's log");
            } else if (node.polls().lastQuery().plus(limit).isBefore(now)) {
                overdue(now.minus(limit)).ifPresent(job -> result.down().message("Status queries are no longer sent: that of job " + job
                        + " is overdue by more than " + PlainDuration.of(limit) + ": check this program's log"));
            }
        }

        /**
         * Called only after a long silence, which may have a good reason.
         *
         * @return a job whose query is overdue
         */
        private Optional<String> overdue(Instant before) {
            List<String> waiting = node.jobsInHand().someWaiting();
            if (waiting.isEmpty()) {
                return Optional.empty();
            }
            try {
                return node.engine().operations().nextPollsAt(waiting).entrySet().stream()
                        .filter(next -> next.getValue().isBefore(before)).map(Map.Entry::getKey).findFirst();
            } catch (GrokVideoException away) {
                // The check of the store reports this.
                return Optional.empty();
            }
        }
    }

    /** Down while videos cannot be stored; then nothing is submitted. */
    private static final class WorkDirectory extends PassiveCheck {

        private final NodeView node;

        private WorkDirectory(NodeView node) {
            super("grokvideo-work-directory");
            this.node = node;
        }

        @Override
        void look(HealthCheckResultBuilder result) {
            Probe.Answer answer = node.folderProbe().ask();
            detail(result, "asked", answer.at());
            if (!answer.isReachable()) {
                result.down().message("Videos cannot be stored, so nothing is submitted: " + answer.error());
            }
        }
    }

    /** Down while a job of this node has been open for too long. */
    private static final class OpenJobs extends PassiveCheck {

        private final NodeView node;
        private final Clock clock;

        private OpenJobs(NodeView node, Clock clock) {
            super("grokvideo-open-jobs");
            this.node = node;
            this.clock = clock;
        }

        @Override
        void look(HealthCheckResultBuilder result) {
            Duration limit = node.settings().openJobLimit();
            detail(result, "open", node.jobsInHand().size());
            detail(result, "limit", PlainDuration.of(limit));
            Instant now = clock.instant();
            Optional<VideoJob> oldest = node.jobsInHand().oldest();
            detail(result, "oldest", oldest.map(VideoJob::createdAt).orElse(null));
            detail(result, "oldestJob", oldest.map(VideoJob::id).orElse(null));
            if (oldest.isPresent() && oldest.get().createdAt().plus(limit).isBefore(now) && isStillOpen(oldest.get().id())) {
                VideoJob job = oldest.get();
                result.down().message("Job " + job.id() + " (" + job.provider() + " task " + job.taskId() + ") has been "
                        + job.state() + " since " + job.createdAt() + ", longer than healthOpenJobLimit " + PlainDuration.of(limit));
            }
        }

        /** Another node or the retention may have removed the job unnoticed. Only one read, for a job that is late. */
        private boolean isStillOpen(String jobId) {
            if (!node.storeProbe().ask().isReachable()) {
                return true;
            }
            try {
                boolean open = node.engine().find(jobId).filter(job -> !job.state().isEnded()).isPresent();
                if (!open) {
                    node.jobsInHand().forget(jobId);
                }
                return open;
            } catch (GrokVideoException away) {
                // The check of the store reports this.
                return true;
            }
        }
    }

    private static void detail(HealthCheckResultBuilder result, String name, Object value) {
        if (value != null) {
            result.detail(name, value.toString());
        }
    }
}
