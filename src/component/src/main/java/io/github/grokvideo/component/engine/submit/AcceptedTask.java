// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.JobTransitions;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/**
 * A task that the gateway has made of one of a job's POSTs, which may have come when the job went on without it: the job was submitted
 * again, given up, or has been taken back. Every such task is paid for. Decides what becomes of it; does nothing itself.
 */
final class AcceptedTask {

    /** Metadata of a job that was made of a second task: the job it is a second video of. */
    static final String SECOND_OF = "grokvideo.secondOf";

    private final Submission submission;
    private final String taskId;
    /** As told; null = not told. */
    private final Cost cost;
    /** The ended state the job was in when its task came; null = it was under way. */
    private volatile JobState ended;

    AcceptedTask(Submission submission, String taskId, Cost cost) {
        this.submission = submission;
        this.taskId = taskId;
        this.cost = cost;
    }

    Submission submission() {
        return submission;
    }

    String taskId() {
        return taskId;
    }

    /** @return the job with this task; as it is where it has one: its first task is not undone, nor what has become of it since */
    VideoJob given(VideoJob job, Instant now, String node) {
        if (job.taskId() != null) {
            return job;
        }
        ended = job.state().isEnded() ? job.state() : null;
        // Who was notified of the end does not wait any more.
        return JobTransitions.accepted(job, taskId, cost, submission.recovered || job.state().isEnded(), node, now);
    }

    /** @return what the log says about a job that had ended without its task; empty = it had not */
    Optional<String> late() {
        return Optional.ofNullable(ended).map(state -> "Job " + submission.jobId + " was " + state + ", and the gateway has accepted its"
                + " submit after all, as task " + taskId + ": it goes on, and may be charged");
    }

    /**
     * @param job that the task was meant for, and that has another; empty = its row is gone
     * @return    the job that stands for this task: the same one, by its id, however often and wherever it is made
     */
    VideoJob ownJob(Optional<VideoJob> job, Instant now, String node, boolean storePrompts) {
        VideoJob like = job.orElseGet(() -> fromRequest(now, storePrompts));
        Map<String, String> metadata = new HashMap<>(like.metadata());
        job.ifPresent(first -> metadata.put(SECOND_OF, first.id()));
        return VideoJob.create(job.isPresent() ? ownId() : submission.jobId, like.account(), like.provider(), now,
                changes -> JobTransitions.createdAccepted(changes, taskId, node, true, now).model(like.model()).mode(like.mode())
                        .request(like.request()).requestHash(like.requestHash()).route(like.route()).tag(like.tag()).metadata(metadata)
                        .directory(like.directory()).name(like.name() == null ? null : like.name().withTaken(null))
                        .urlOnly(like.urlOnly()).cost(cost != null ? cost : like.cost()).submits(1).submittedAt(like.submittedAt()));
    }

    private VideoJob fromRequest(Instant now, boolean storePrompts) {
        VideoAccount account = submission.account();
        return VideoJob.create(submission.jobId, account.name(), account.provider().name(), now, changes -> {
            if (submission.request != null) {
                changes.model(submission.request.model()).mode(submission.request.mode())
                        .request(StoredRequest.of(submission.request, storePrompts));
            }
        });
    }

    private String ownId() {
        return UUID.nameUUIDFromBytes(("grokvideo:task:" + submission.jobId + ":" + taskId).getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** @param kept the job that stands for the task now */
    String kept(Optional<VideoJob> job, VideoJob kept) {
        return job.map(first -> "Job " + first.id() + " was submitted more than once, and the gateway has accepted both: the job is task "
                + first.taskId() + ", and task " + taskId + " is kept as job " + kept.id() + ", which comes out of completed. Both may be"
                + " charged").orElse("Job " + submission.jobId + " was accepted as task " + taskId + " after it was forgotten here: it is"
                + " kept as job " + kept.id() + ", which comes out of completed, and may be charged");
    }
}
