// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.StoreUnavailableException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.PlainDuration;
import io.github.grokvideo.component.transport.DownloadException;
import io.github.grokvideo.component.transport.TransportException;

/** The engine's own errors, and how to read a future's failure. */
public final class EngineErrors {

    private EngineErrors() {
    }

    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** @return the failure as a job's error; nothing has been sent */
    public static JobError beforeSubmit(Throwable failure) {
        Throwable cause = unwrap(failure);
        return cause instanceof GrokVideoException known ? known.getError()
                : JobError.of(ErrorType.SUBMIT_REJECTED, "Nothing was sent because of " + cause, Charged.NO);
    }

    public static GrokVideoException detached(String jobId) {
        return JobError.of(ErrorType.DETACHED,
                "The route stopped while waiting for the job. The job goes on; the same message again (same exchange, jobKey or job id)"
                        + " attaches to it without paying twice",
                Charged.UNKNOWN).toException(jobId, null);
    }

    public static GrokVideoException stopping(String jobId) {
        return JobError.of(ErrorType.DETACHED, "Camel is stopping: no new work is started. Nothing was sent", Charged.NO)
                .toException(jobId, null);
    }

    public static JobError withdrawn() {
        return JobError.of(ErrorType.DETACHED, "The job was withdrawn before it was sent, because its route stopped or another call with"
                + " its jobKey went first. The same message submits it again", Charged.NO).withRetryable(true);
    }

    static JobError cancelledUnsent() {
        return JobError.of(ErrorType.CANCELLED, "The job was cancelled before it was sent. Nothing was charged. To make the"
                + " video after all, send it with another jobKey, or with onFailedKey=resubmit", Charged.NO);
    }

    /** For callers on this node that waited for another node to submit the job. */
    static JobError leftUnsent() {
        return JobError.of(ErrorType.DETACHED, "The node that was to send the job ended before it did. Nothing was sent: the same message"
                + " submits it again", Charged.NO).withRetryable(true);
    }

    /** Other nodes may consider this one dead and mark its job UNKNOWN before the POST is sent. */
    public static StoreUnavailableException noHeartbeat(String jobId) {
        return (StoreUnavailableException) JobError.of(ErrorType.STORE_UNAVAILABLE, "The last heartbeat of this node is too old to start"
                + " a submit. Nothing was sent", Charged.NO).withRetryable(true).toException(jobId, null);
    }

    /** Retryable like an unavailable store: the video of a paid job could not be stored. */
    static JobError noPlaceForVideos(Path directory, String problem) {
        return JobError.of(ErrorType.STORE_UNAVAILABLE, "The video could not be kept in " + directory + ": " + problem
                + ". Nothing was sent or charged; the message can be sent again", Charged.NO).withRetryable(true);
    }

    public static JobError noConnection(String reason) {
        return JobError.of(ErrorType.SUBMIT_REJECTED, "The gateway could not be reached: " + reason
                + ". Nothing was sent; check baseUrl, network and proxy", Charged.NO).withRetryable(true);
    }

    /**
     * A call other than a submit failed.
     *
     * @param what   the call, for example {@code the balance query}
     * @param advice a sentence without its full stop
     */
    public static JobError noAnswer(String what, Throwable failure, String advice) {
        Throwable cause = unwrap(failure);
        return cause instanceof TransportException unsent && !unsent.isSent() ? noConnection(cause.getMessage())
                : JobError.of(ErrorType.SUBMIT_REJECTED, "The gateway did not answer " + what + ": " + cause.getMessage() + ". " + advice,
                        Charged.NO).withRetryable(true);
    }

    public static JobError submitUnknown(String reason) {
        return JobError.of(ErrorType.SUBMIT_UNKNOWN, "It is not known whether the submit created a video: " + reason
                + ". It may be charged and is not sent again automatically. Check the gateway's own job list; await the task id if it"
                + " is there, or set submitUnknown=resubmit to risk paying twice", Charged.UNKNOWN);
    }

    /** @param jobKey null = the job id itself was given again */
    public static JobError jobKeyConflict(String jobKey, String holder) {
        return JobError.of(ErrorType.JOB_KEY_CONFLICT, (jobKey == null ? "The id" : "jobKey '" + jobKey + "'") + " belongs to job " + holder
                + ", which was created from another request or with another account. Nothing was charged; use another key for another"
                + " video", Charged.NO);
    }

    /**
     * @param state    state of the job; null = unknown
     * @param stage    what the job waits for before it is submitted, in words that complete "it is ..."; null = unknown
     * @param lastPoll result of the last status query; null = there was none here
     */
    public static JobError waitTimeout(Duration timeout, JobState state, String stage, String lastPoll) {
        String where = state == null ? "it has not started, or the store does not answer" : stage == null ? "it is " + state
                : "it is " + state + ": " + stage;
        String lastAnswer = lastPoll == null ? "" : "; the last status query returned: " + lastPoll;
        return JobError.of(ErrorType.WAIT_TIMEOUT,
                "The video was not ready within " + PlainDuration.of(timeout) + " (" + where + lastAnswer + "). "
                + (state == JobState.NEW ? "Nothing was sent yet; the job goes on and is charged once it is sent"
                : "The job goes on") + "; the same message again attaches to it without paying twice", charged(state));
    }

    private static Charged charged(JobState state) {
        if (state == null || state.isChargedInDoubt()) {
            return Charged.UNKNOWN;
        }
        return state == JobState.NEW || state == JobState.REJECTED ? Charged.NO : Charged.YES;
    }

    public static JobError notKnown(String id) {
        return JobError.of(ErrorType.JOB_NOT_FOUND, "No job or task '" + id + "' is known here", Charged.NO);
    }

    public static JobError downloadFailed(String reason, Integer httpStatus) {
        return new JobError(ErrorType.DOWNLOAD_FAILED, "The video is rendered and paid for, but could not be downloaded yet: " + reason
                + ". The same message again attaches to it without paying twice", Charged.YES, true, httpStatus, null, null);
    }

    /** @param refusal a failure that needs a change before another attempt makes sense */
    public static JobError notDownloadable(DownloadException refusal) {
        String advice = switch (refusal.kind()) {
            case TOO_LARGE -> "Raise maxFileSize";
            case REFUSED -> "Check the gateway's URL; allowPrivateAddresses=true allows private addresses";
            default -> "Check what the gateway's URL returns";
        };
        return new JobError(ErrorType.DOWNLOAD_FAILED, "The video is rendered and paid for, but what its URL returns is refused: "
                + refusal.getMessage() + ". " + advice + "; then await the job or deliver it again (JMX, console), or restart and send the"
                + " same message: it is downloaded again at no further cost", Charged.YES, false, refusal.httpStatus(), null, null);
    }

    public static JobError expired(String reason, Integer httpStatus) {
        return new JobError(ErrorType.JOB_EXPIRED, "The video was rendered, but can no longer be downloaded: " + reason
                + ". Only a new job (another jobKey, or onFailedKey=resubmit) renders it again, which costs again",
                Charged.YES, false, httpStatus, null, null);
    }
}
