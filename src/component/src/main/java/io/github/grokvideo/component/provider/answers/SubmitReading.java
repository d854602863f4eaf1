package io.github.grokvideo.component.provider.answers;

import java.time.Instant;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.JobError;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.SubmitAnswer;

/** Reads answers to a submit. Whatever does not prove that nothing was created is unknown. */
public final class SubmitReading {

    private final String gateway;

    public SubmitReading(String gateway) {
        this.gateway = gateway;
    }

    /** @param ids where the task id is, as JSON pointers; the first usable one wins */
    public SubmitAnswer read(HttpAnswer answer, Instant now, String... ids) {
        if (!answer.isSuccess()) {
            return byStatus(answer.status(), answer, now);
        }
        String id = TaskId.at(answer.json(), ids);
        return id == null ? unknown(answer) : new SubmitAnswer.Accepted(id, null);
    }

    /** @param status the one that counts, which some gateways hide in the body */
    public SubmitAnswer byStatus(int status, HttpAnswer answer, Instant now) {
        GatewayError told = GatewayError.of(answer);
        Refusal refusal = Refusal.of(status, told);
        if (refusal == null) {
            return unknown(answer);
        }
        boolean repeatable = refusal.type() == ErrorType.RATE_LIMITED;
        return new SubmitAnswer.Rejected(
                refusal.error(gateway, "the request", answer, told), repeatable, repeatable ? answer.retryAfter(now) : null);
    }

    /** Nothing was created, and the gateway's documents say more about it than the status does. */
    public SubmitAnswer rejected(HttpAnswer answer, Instant now, ErrorType type, String advice, boolean repeatable) {
        GatewayError told = GatewayError.of(answer);
        return new SubmitAnswer.Rejected(
                new Refusal(type, advice).error(gateway, "the request", answer, told).withRetryable(repeatable), repeatable,
                repeatable ? answer.retryAfter(now) : null);
    }

    public SubmitAnswer unknown(HttpAnswer answer) {
        GatewayError told = GatewayError.of(answer);
        String reason = !answer.isSuccess() ? "HTTP " + answer.status()
                : answer.json().isMissingNode() ? "HTTP " + answer.status() + " and no JSON"
                : "HTTP " + answer.status() + " and no usable task id";
        return new SubmitAnswer.Unknown(new JobError(
                ErrorType.SUBMIT_UNKNOWN,
                "It is not known whether the submit created a video: " + gateway + " answered with " + reason + told.quoted()
                        + ". It may be charged and is not sent again by itself. Look at the gateway's own job list; await the task id"
                        + " if it is there",
                Charged.UNKNOWN, false, answer.status(), told.code(), told.requestId()));
    }
}
