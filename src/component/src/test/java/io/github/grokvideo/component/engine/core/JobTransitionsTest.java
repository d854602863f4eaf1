// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.transport.DownloadedVideo;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a job in each state and delivery by each transition, all cells of it. They are pinned in {@code transitions.txt}: a line
 * for each outcome (= the delivery stays), none for a cell in which the transition does not apply. Written anew with
 * {@code -Dgrokvideo.transitions.update=true}; read the difference before you commit it.
 */
class JobTransitionsTest {

    private static final Path PINNED = Path.of("src/test/resources/engine/transitions.txt");
    private static final Path DOCUMENTED = Path.of("src/main/docs/grokvideo-durable-jobs.adoc");
    private static final Pattern EDGES = Pattern.compile("(?m)^\\| `([A-Z]+)` \\| (`[A-Z]+`(?:, `[A-Z]+`)*)$");
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final JobError ERROR = JobError.of(ErrorType.JOB_FAILED, "told by the test", Charged.NO);

    /** The node at work, and the one that owns the job: each case says whether they are the same. */
    private static final String HERE = "here";
    private static final String THERE = "there";

    private static final Map<String, UnaryOperator<VideoJob>> TRANSITIONS = new LinkedHashMap<>();

    static {
        TRANSITIONS.put("claimedUnsent", job -> JobTransitions.claimedUnsent(job, HERE));
        TRANSITIONS.put("submitting", job -> JobTransitions.submitting(job, HERE, NOW));
        TRANSITIONS.put("backToNew", job -> JobTransitions.backToNew(job, 1));
        TRANSITIONS.put("backToNew, another POST", job -> JobTransitions.backToNew(job, 2));
        TRANSITIONS.put("notStarted", job -> JobTransitions.notStarted(job, 1));
        TRANSITIONS.put("notStarted, another POST", job -> JobTransitions.notStarted(job, 2));
        TRANSITIONS.put("rejected", job -> JobTransitions.rejected(job, 1, ERROR, NOW));
        TRANSITIONS.put("rejected, another POST", job -> JobTransitions.rejected(job, 2, ERROR, NOW));
        TRANSITIONS.put("notSent", job -> JobTransitions.notSent(job, 1, THERE, ERROR, NOW));
        TRANSITIONS.put("notSent, another node's", job -> JobTransitions.notSent(job, 1, HERE, ERROR, NOW));
        TRANSITIONS.put("withdrawn", job -> JobTransitions.withdrawn(job, NOW));
        TRANSITIONS.put("cancelledUnsent", job -> JobTransitions.cancelledUnsent(job, NOW));
        TRANSITIONS.put("unknown", job -> JobTransitions.unknown(job, 1, ERROR, false, NOW, Duration.ofDays(1)));
        TRANSITIONS.put("unknown, caller gone", job -> JobTransitions.unknown(job, 1, ERROR, true, NOW, Duration.ofDays(1)));
        TRANSITIONS.put("resubmitted", job -> JobTransitions.resubmitted(job, HERE, JobDelivery.DETACHED));
        TRANSITIONS.put("accepted", job -> JobTransitions.accepted(job, "new", null, false, HERE, NOW));
        TRANSITIONS.put("accepted, caller gone", job -> JobTransitions.accepted(job, "new", null, true, HERE, NOW));
        for (JobState state : List.of(JobState.FAILED, JobState.MODERATED, JobState.EXPIRED, JobState.CANCELLED)) {
            TRANSITIONS.put("failed, " + state, job -> JobTransitions.failed(job, state, ERROR, null, NOW));
        }
        TRANSITIONS.put("fetching", job -> JobTransitions.fetching(job, HERE));
        TRANSITIONS.put("downloaded", job -> JobTransitions.downloaded(job, new DownloadedVideo(Path.of("v.mp4"), 1, "5"), "disk", NOW));
        TRANSITIONS.put("downloadFailed", job -> JobTransitions.downloadFailed(job, ERROR, NOW));
        TRANSITIONS.put("expired", job -> JobTransitions.expired(job, ERROR, NOW));
        TRANSITIONS.put("claimed", job -> JobTransitions.claimed(job, HERE, NOW));
        TRANSITIONS.put("acknowledged", job -> JobTransitions.acknowledged(job, THERE, NOW));
        TRANSITIONS.put("acknowledged, another node's", job -> JobTransitions.acknowledged(job, HERE, NOW));
        TRANSITIONS.put("givenBack", job -> JobTransitions.givenBack(job, THERE, NOW));
        TRANSITIONS.put("undelivered", job -> JobTransitions.undelivered(job, THERE));
        TRANSITIONS.put("delivered",
                job -> job.state().hasVideo() || job.state() == JobState.RENDERED ? JobTransitions.delivered(job, NOW) : job);
        TRANSITIONS.put("inheritedSubmit", job -> JobTransitions.inheritedSubmit(job, THERE, 1, HERE));
        TRANSITIONS.put("inheritedSubmit, another POST", job -> JobTransitions.inheritedSubmit(job, THERE, 2, HERE));
        TRANSITIONS.put("freed", job -> JobTransitions.freed(job, THERE, NOW));
        TRANSITIONS.put("freed, another node's", job -> JobTransitions.freed(job, HERE, NOW));
        TRANSITIONS.put("taskAssigned", job -> JobTransitions.taskAssigned(job, "new", HERE, NOW));
        TRANSITIONS.put("abandoned", JobTransitions::abandoned);
    }

    /** Those whose callers say when they apply: only what they make of a job is pinned. */
    private static final Map<String, UnaryOperator<VideoJob>> UNCONDITIONAL = new LinkedHashMap<>();

    static {
        PollAnswer.Done done = new PollAnswer.Done("https://videos.example/v.mp4", NOW, null);
        UNCONDITIONAL.put("running ACCEPTED", job -> JobTransitions.running(job, NOW));
        UNCONDITIONAL.put("rendered ACCEPTED", job -> JobTransitions.rendered(job, done, HERE, NOW));
        UNCONDITIONAL.put("rendered RUNNING", job -> JobTransitions.rendered(job, done, HERE, NOW));
        UNCONDITIONAL.put("fetchedAgain DOWNLOADED", job -> JobTransitions.fetchedAgain(job, JobDelivery.ATTACHED, HERE));
        UNCONDITIONAL.put("fetchedAgain DELIVERED", job -> JobTransitions.fetchedAgain(job, JobDelivery.ATTACHED, HERE));
        UNCONDITIONAL.put("fetchedAgain FAILED(DOWNLOAD_FAILED)", job -> JobTransitions.fetchedAgain(job, JobDelivery.ATTACHED, HERE));
        UNCONDITIONAL.put("reopened FAILED(JOB_NOT_FOUND)", job -> JobTransitions.reopened(job, JobDelivery.ATTACHED, HERE));
        UNCONDITIONAL.put("reopened EXPIRED", job -> JobTransitions.reopened(job, JobDelivery.ATTACHED, HERE));
        UNCONDITIONAL.put("offeredAgain DOWNLOADED", job -> JobTransitions.offeredAgain(job, NOW));
        UNCONDITIONAL.put("offeredAgain DELIVERED", job -> JobTransitions.offeredAgain(job, NOW));
        UNCONDITIONAL.put("attached DOWNLOADED", job -> JobTransitions.attached(job, HERE));
    }

    private static List<VideoJob> jobsIn(JobDelivery delivery) {
        List<VideoJob> jobs = new ArrayList<>();
        for (JobState state : JobState.values()) {
            jobs.add(job(state, state == JobState.FAILED ? ErrorType.JOB_FAILED : ErrorType.INVALID_REQUEST, delivery));
        }
        jobs.add(job(JobState.FAILED, ErrorType.JOB_NOT_FOUND, delivery));
        jobs.add(job(JobState.FAILED, ErrorType.DOWNLOAD_FAILED, delivery));
        jobs.add(JobTransitions.cancelledUnsent(job(JobState.NEW, ErrorType.CANCELLED, delivery), CREATED));
        return jobs;
    }

    private static VideoJob job(JobState state, ErrorType error, JobDelivery delivery) {
        boolean task = !EnumSet.of(JobState.NEW, JobState.SUBMITTING, JobState.REJECTED, JobState.UNKNOWN).contains(state);
        return VideoJob.create("job", "default", "test", CREATED, changes -> changes.state(state).submits(state == JobState.NEW ? 0 : 1)
                .taskId(task ? "task" : null).node(THERE).delivery(delivery).jobKey(state == JobState.REJECTED ? null : "key")
                .file(state.hasVideo() ? Path.of("video.mp4") : null).endedAt(state.isEnded() ? CREATED : null)
                .error(state.isEnded() && state != JobState.DELIVERED ? JobError.of(error, "stored", Charged.NO) : null));
    }

    private static List<JobDelivery> deliveries() {
        return Stream.of(JobDelivery.State.values()).map(state -> new JobDelivery(
                state, state == JobDelivery.State.OFFERED ? CREATED : null,
                state.compareTo(JobDelivery.State.CLAIMED) >= 0 ? 1 : 0)).toList();
    }

    private static String name(VideoJob job) {
        boolean special = job.error() != null && EnumSet.of(ErrorType.JOB_NOT_FOUND, ErrorType.DOWNLOAD_FAILED)
                .contains(job.error().type());
        if (job.state() == JobState.CANCELLED && job.taskId() == null) {
            return "CANCELLED(unsent)";
        }
        return job.state() + (special ? "(" + job.error().type() + ")" : "");
    }

    private static String outcome(VideoJob before, VideoJob after) {
        String node = after.node() == null ? "nobody" : after.node();
        String offered = after.delivery().state() == JobDelivery.State.OFFERED && after.delivery().at().isAfter(NOW) ? " later" : "";
        String delivery = after.delivery().state() == before.delivery().state() ? "=" : after.delivery().state().name();
        return after.state() + " " + delivery + offered + ", " + node
                + (after.endedAt() != null ? ", ended" : "") + (before.jobKey() != null && after.jobKey() == null ? ", key freed" : "");
    }

    /** A line for each outcome: transition, state, the deliveries that lead to it. */
    private static List<String> table() {
        Map<String, Set<JobDelivery.State>> outcomes = new LinkedHashMap<>();
        TRANSITIONS.forEach((transition, change) -> deliveries().forEach(delivery -> jobsIn(delivery).forEach(job -> {
            VideoJob after = change.apply(job);
            if (after != job) {
                outcomes.computeIfAbsent(transition + " | " + name(job) + " | " + outcome(job, after),
                        line -> EnumSet.noneOf(JobDelivery.State.class)).add(delivery.state());
            }
        })));
        UNCONDITIONAL.forEach((transition, change) -> jobsIn(JobDelivery.DETACHED).stream()
                .filter(job -> transition.endsWith(" " + name(job))).forEach(job -> outcomes.put(
                        transition.split(" ")[0] + " | " + name(job) + " | " + outcome(job, change.apply(job)),
                        Set.of(JobDelivery.State.DETACHED))));
        return outcomes.entrySet().stream().map(line -> line.getKey() + " | " + (line.getValue().size() == JobDelivery.State.values().length
                ? "all" : line.getValue().stream().map(Enum::name).collect(Collectors.joining(" ")))).sorted().toList();
    }

    @Test
    void eachCellIsAsPinned() throws Exception {
        if (Boolean.getBoolean("grokvideo.transitions.update")) {
            Files.write(PINNED, table());
        }
        assertThat(table()).isEqualTo(Files.readAllLines(PINNED));
    }

    @Test
    void noTransitionForgetsATaskOrItsEnd() {
        TRANSITIONS.forEach((transition, change) -> deliveries().forEach(delivery -> jobsIn(delivery).forEach(job -> {
            VideoJob after = change.apply(job);
            String cell = transition + " " + name(job) + " " + delivery.state();
            if (job.taskId() != null && !transition.startsWith("taskAssigned")) {
                assertThat(after.taskId()).as(cell).isEqualTo(job.taskId());
            }
            assertThat(after.endedAt() != null).as(cell + ": has an end as long as it has ended").isEqualTo(after.state().isEnded());
        })));
    }

    @Test
    void theDocumentedStatesFollowEachOtherAsTheyDo() throws Exception {
        Map<JobState, Set<JobState>> edges = new EnumMap<>(JobState.class);
        for (String line : table()) {
            String[] cells = line.split(" \\| ");
            JobState from = JobState.valueOf(cells[1].replaceAll("\\(.*", ""));
            JobState to = JobState.valueOf(cells[2].split(" ")[0]);
            if (from != to) {
                edges.computeIfAbsent(from, state -> EnumSet.noneOf(JobState.class)).add(to);
            }
        }
        Map<JobState, Set<JobState>> documented = new EnumMap<>(JobState.class);
        EDGES.matcher(Files.readString(DOCUMENTED)).results().forEach(row -> documented.put(JobState.valueOf(row.group(1)),
                Stream.of(row.group(2).replace("`", "").split(", ")).map(JobState::valueOf)
                        .collect(Collectors.toCollection(LinkedHashSet::new))));

        assertThat(documented).isEqualTo(edges);
    }
}
