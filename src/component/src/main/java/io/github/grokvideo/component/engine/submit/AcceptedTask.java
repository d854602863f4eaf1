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
 * A task that the gateway created for one of a job's POSTs, possibly after the job was submitted again, given up or withdrawn. Every such
 * task is paid for. Decides what to do with it; changes nothing itself.
 */
final class AcceptedTask {

    /** Metadata key of a job created for a second task: the id of the first job. */
    static final String SECOND_OF = "grokvideo.secondOf";

    private final Submission submission;
    private final String taskId;
    /** As reported; null = not reported. */
    private final Cost cost;
    /** The job's state when its task arrived, if it had ended; null = it was still open. */
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

    /** @return the job with this task; unchanged if it already has one, since its first task and later changes are kept */
    VideoJob given(VideoJob job, Instant now, String node) {
        if (job.taskId() != null) {
            return job;
        }
        ended = job.state().isEnded() ? job.state() : null;
        // Callers that were notified of the job's end no longer wait.
        return JobTransitions.accepted(job, taskId, cost, submission.recovered || job.state().isEnded(), node, now);
    }

    /** @return log message for a job that had ended without its task; empty = it had not */
    Optional<String> late() {
        return Optional.ofNullable(ended).map(state -> "Job " + submission.jobId + " was " + state + ", and the gateway has accepted its"
                + " submit after all, as task " + taskId + ": it goes on and may be charged");
    }

    /**
     * @param  job the job the task was submitted for, which has another task; empty = its row is gone
     * @return     the job for this task, with an id that is the same wherever it is created
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

    /** @param kept the job for the task now */
    String kept(Optional<VideoJob> job, VideoJob kept) {
        return job.map(first -> "Job " + first.id() + " was submitted more than once, and the gateway has accepted both submits: the job is"
                + " task " + first.taskId() + ", and task " + taskId + " is kept as job " + kept.id() + ", which grokvideo:completed"
                + " delivers. Both may be charged").orElse("Job " + submission.jobId + " was accepted as task " + taskId + " after its row"
                + " was removed here: it is kept as job " + kept.id() + ", which grokvideo:completed delivers, and may be charged");
    }
}
