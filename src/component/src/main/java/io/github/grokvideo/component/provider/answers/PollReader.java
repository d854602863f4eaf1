// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;

/** Interprets answers to a status query: HTTP status first, then the status word. Only a known word or the video's URL ends a job. */
public final class PollReader {

    /** Error codes of failures that the same request would cause again. */
    private static final Set<String> LASTING = Set.of(
            "invalid_argument", "invalid_request", "invalid_request_error", "permission_denied", "failed_precondition");
    /** Fields that only an answer about a task has. */
    private static final List<String> TASK_MARKS = List.of(
            "id", "task_id", "taskId", "request_id", "job_id", "progress", "created_at", "completed_at", "model");
    private static final int LONGEST_WORD = 60;
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);

    private final TaskShape shape;

    public PollReader(TaskShape shape) {
        this.shape = shape;
    }

    public PollAnswer read(PollQuery query, HttpAnswer answer, Instant now) {
        if (!answer.isSuccess()) {
            return byStatus(answer.status(), answer, now);
        }
        JsonNode body = Lenient.only(answer.json());
        if (!body.isObject()) {
            return answer.status() == 202 || answer.body().isBlank()
                    ? new PollAnswer.Pending(false, null, answer.retryAfter(now), null, answer.status() == 202)
                    : noAnswer(answer.status(), answer, "no JSON", now);
        }
        JsonNode task = TaskEnvelope.open(body);
        String word = TaskEnvelope.word(task);
        if (word == null && GatewayError.isIn(body)) {
            return noAnswer(answer.status(), answer, "an error instead of a status" + GatewayError.of(answer, body).quoted(), now);
        }
        Phase phase = word == null ? null : StatusWords.phase(shape.words(), word);
        if (phase == null) {
            // With a video the task is done, whatever the status word.
            boolean video = VideoUrls.isIn(task, shape.urls(), !shape.content())
                    || VideoUrls.isIn(body, List.of(), false);
            return video ? done(query, answer, task, body) : pending(answer, task, null, word, now);
        }
        return switch (phase) {
            case WAITING, RUNNING -> pending(answer, task, phase, word, now);
            case DONE -> done(query, answer, task, body);
            case FAILED -> failed(answer, task, body, word, now);
            case MODERATED -> moderated(answer, GatewayError.of(answer, task), charged(shape.cost().apply(task), Charged.UNKNOWN),
                    shape.cost().apply(task));
            case EXPIRED -> expired(answer, task);
            case CANCELLED -> cancelled(answer, GatewayError.of(answer, task), shape.cost().apply(task));
        };
    }

    /** For gateways that answer with the video and without a status word. */
    public PollAnswer video(PollQuery query, HttpAnswer answer, JsonNode body) {
        return done(query, answer, body, body);
    }

    /** @return the meaning of the answer's status word; null = none, or unknown */
    public Phase phase(HttpAnswer answer) {
        String word = TaskEnvelope.word(TaskEnvelope.open(answer.json()));
        return word == null ? null : StatusWords.phase(shape.words(), word);
    }

    /** @return the task, which some gateways wrap as in their answer to a submit */
    public static JsonNode taskIn(JsonNode body) {
        return TaskEnvelope.open(body);
    }

    /** @return null = the answer has none */
    private String videoUrl(JsonNode task, JsonNode body) {
        String url = VideoUrls.find(task, shape.urls(), !shape.content());
        return url != null || task == body ? url : VideoUrls.find(body, shape.urls(), !shape.content());
    }

    /** @param status the effective status, which some gateways put into the body */
    public PollAnswer byStatus(int status, HttpAnswer answer, Instant now) {
        GatewayError gatewayError = GatewayError.of(answer);
        return switch (status) {
            case 401, 403 -> refused(answer);
            case 404, 410 -> new PollAnswer.NotFound(new JobError(
                    ErrorType.JOB_NOT_FOUND,
                    shape.gateway() + " does not know the task" + gatewayError.quoted() + ". Check the task id, the account and baseUrl",
                    Charged.UNKNOWN, false, answer.status(), gatewayError.code(), gatewayError.requestId()));
            default -> noAnswer(status, answer, "HTTP " + status + gatewayError.quoted()
                    + (Redirect.is(status) ? "; " + Redirect.advice(answer) : ""), now);
        };
    }

    public PollAnswer refused(HttpAnswer answer) {
        GatewayError gatewayError = GatewayError.of(answer);
        return new PollAnswer.Refused(new JobError(
                ErrorType.AUTHENTICATION,
                shape.gateway() + " does not accept the API key for the status query" + gatewayError.quoted()
                        + ". The job continues; check the key and try again",
                Charged.UNKNOWN, false, answer.status(), gatewayError.code(), gatewayError.requestId()));
    }

    /** Moderation withheld the finished video, or ended the job. */
    public PollAnswer moderated(HttpAnswer answer, GatewayError gatewayError, Charged charged, Cost cost) {
        return new PollAnswer.Failed(JobState.MODERATED, new JobError(
                ErrorType.MODERATED,
                shape.gateway() + " withheld the video by content moderation" + gatewayError.quoted() + ". " + money(charged)
                        + "; change the prompt or the media",
                charged, false, answer.status(), gatewayError.code(), gatewayError.requestId()), cost);
    }

    /** The job ended without a video; the error says why. */
    public PollAnswer failed(HttpAnswer answer, GatewayError gatewayError, Cost cost) {
        Charged charged = charged(cost, shape.onFailed());
        if (gatewayError.isModeration()) {
            return moderated(answer, gatewayError, charged, cost);
        }
        boolean lasting = gatewayError.code() != null && LASTING.contains(gatewayError.code());
        return new PollAnswer.Failed(JobState.FAILED, new JobError(
                ErrorType.JOB_FAILED,
                shape.gateway() + " could not make the video" + gatewayError.quoted() + ". " + money(charged)
                        + (lasting ? "; correct the request before retrying, or it will fail again" : "; a new job may succeed"),
                // If the job may have been charged, a retry is the user's decision.
                charged, charged == Charged.NO && !lasting, answer.status(), gatewayError.code(), gatewayError.requestId()), cost);
    }

    private PollAnswer failed(HttpAnswer answer, JsonNode task, JsonNode body, String word, Instant now) {
        String inner = TaskEnvelope.innerWord(task);
        Phase within = inner == null ? null : StatusWords.phase(shape.words(), inner);
        if (within == Phase.WAITING || within == Phase.RUNNING) {
            // A relay reports failure while its upstream's task, which it passes on, is still running.
            return new PollAnswer.Pending(false, null, answer.retryAfter(now),
                    SafeText.clean(word, LONGEST_WORD) + ", but upstream " + SafeText.clean(inner, LONGEST_WORD), false);
        }
        if (StatusWords.mayBeOfEnvelope(word) && !isOfTask(task)) {
            // Possibly only the query failed.
            return noAnswer(answer.status(), answer, "the status '" + SafeText.clean(word, LONGEST_WORD) + "' and nothing about the task"
                    + GatewayError.of(answer, body).quoted(), now);
        }
        return failed(answer, GatewayError.of(answer, task), shape.cost().apply(task));
    }

    /** Whether the answer is about a task, or has the documented form of a failed one. */
    private static boolean isOfTask(JsonNode task) {
        return TASK_MARKS.stream().anyMatch(task::hasNonNull) || task.path("error").isObject();
    }

    /** The gateway has stopped the job. */
    public PollAnswer cancelled(HttpAnswer answer, GatewayError gatewayError, Cost cost) {
        Charged charged = charged(cost, shape.onFailed());
        return new PollAnswer.Failed(JobState.CANCELLED, new JobError(
                ErrorType.CANCELLED, shape.gateway() + " has stopped the job" + gatewayError.quoted() + ". " + money(charged), charged,
                false, answer.status(), gatewayError.code(), gatewayError.requestId()), cost);
    }

    private PollAnswer expired(HttpAnswer answer, JsonNode task) {
        GatewayError gatewayError = GatewayError.of(answer, task);
        Cost cost = shape.cost().apply(task);
        Charged charged = charged(cost, shape.onFailed());
        return new PollAnswer.Failed(JobState.EXPIRED, new JobError(
                ErrorType.JOB_EXPIRED, shape.gateway() + " no longer has the job" + gatewayError.quoted() + ". " + money(charged)
                        + "; to get the video, submit a new job",
                charged, false, answer.status(), gatewayError.code(), gatewayError.requestId()), cost);
    }

    private PollAnswer pending(HttpAnswer answer, JsonNode task, Phase phase, String word, Instant now) {
        Integer progress = TaskValues.progress(task.path("progress"));
        boolean running = phase == Phase.RUNNING || progress != null && progress > 0;
        return new PollAnswer.Pending(running, progress, answer.retryAfter(now), SafeText.clean(word, LONGEST_WORD), phase != null);
    }

    private PollAnswer done(PollQuery query, HttpAnswer answer, JsonNode task, JsonNode body) {
        String url = videoUrl(task, body);
        Cost cost = shape.cost().apply(task);
        if (url != null || shape.content()) {
            return new PollAnswer.Done(url, expiry(task), cost);
        }
        if (query.elsewhere()) {
            return new PollAnswer.Done(null, null, cost);
        }
        GatewayError gatewayError = GatewayError.of(answer, task);
        Charged charged = charged(cost, Charged.UNKNOWN);
        String unusable = VideoUrls.unusable(task, shape.urls());
        if (unusable != null) {
            return PollAnswer.Failed.unusableUrl(shape.gateway(), unusable, charged, cost, answer.status());
        }
        return new PollAnswer.Failed(JobState.FAILED, new JobError(
                ErrorType.JOB_FAILED,
                shape.gateway() + " says the video is done but gives no URL" + gatewayError.quoted() + ". " + money(charged)
                        + "; ask the gateway's support for it with the task id",
                charged, false, answer.status(), PollAnswer.Failed.DONE_WITHOUT_URL, gatewayError.requestId()), cost);
    }

    private Instant expiry(JsonNode task) {
        Instant reported = TaskValues.time(task.path("expires_at"));
        Instant completed = TaskValues.time(task.path("completed_at"));
        if (reported != null || completed == null || shape.lifetime() == null
                || completed.isAfter(Instant.MAX.minus(LONGEST_LIFETIME))) {
            return reported;
        }
        return completed.plus(shape.lifetime());
    }

    private PollAnswer noAnswer(int status, HttpAnswer answer, String reason, Instant now) {
        return new PollAnswer.NoAnswer(
                shape.gateway() + " answered the status query with " + reason, status == 429, answer.retryAfter(now));
    }

    private static Charged charged(Cost cost, Charged otherwise) {
        return cost == null ? otherwise : cost.amount().signum() == 0 ? Charged.NO : Charged.YES;
    }

    private static String money(Charged charged) {
        return switch (charged) {
            case YES -> "It was charged";
            case NO -> "It was not charged, or the charge was refunded";
            case UNKNOWN -> "It is not known whether it was charged, check the account";
        };
    }
}
