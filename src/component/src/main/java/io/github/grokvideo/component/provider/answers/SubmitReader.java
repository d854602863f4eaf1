// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.time.Instant;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.SubmitAnswer;

/** Interprets answers to a submit. Unless an answer proves that nothing was created, the outcome is unknown. */
public final class SubmitReader {

    private static final String[] COMMON_IDS = {
        "/id", "/task_id", "/taskId", "/job_id", "/jobId", "/data/id", "/data/task_id", "/data/taskId", "/data/request_id", "/result/id",
        "/result/task_id", "/task/id", "/job/id", "/response/id", "/response/request_id", "/output/task_id"};

    private final String gateway;

    public SubmitReader(String gateway) {
        this.gateway = gateway;
    }

    /** @param ids JSON pointers to the gateway's task id; the first usable one wins, then those of other gateways */
    public SubmitAnswer read(HttpAnswer answer, Instant now, String... ids) {
        if (!answer.isSuccess()) {
            return byStatus(answer.status(), answer, now, ids);
        }
        String id = taskId(answer, ids);
        return id == null ? unknown(answer) : new SubmitAnswer.Accepted(id, null);
    }

    /** @return the task id, also from an answer truncated after it; null = none */
    public static String taskId(HttpAnswer answer, String... ids) {
        JsonNode whole = answer.json();
        JsonNode body = whole.isMissingNode() ? answer.partialJson() : whole;
        String id = TaskId.at(body, ids);
        return id != null ? id : TaskId.at(body, COMMON_IDS);
    }

    /**
     * @param status the effective status, which some gateways put into the body
     * @param ids    JSON pointers to the gateway's task id
     */
    public SubmitAnswer byStatus(int status, HttpAnswer answer, Instant now, String... ids) {
        GatewayError gatewayError = GatewayError.of(answer);
        Refusal refusal = Refusal.of(status, answer, gatewayError);
        if (refusal == null) {
            return unknown(answer, ids);
        }
        boolean repeatable = refusal.type() == ErrorType.RATE_LIMITED;
        return new SubmitAnswer.Rejected(
                refusal.error(gateway, "the request", answer, gatewayError), repeatable, repeatable ? answer.retryAfter(now) : null);
    }

    /** Nothing was created, and the gateway documents more about it than the status says. */
    public SubmitAnswer rejected(HttpAnswer answer, Instant now, ErrorType type, String advice, boolean repeatable) {
        GatewayError gatewayError = GatewayError.of(answer);
        return new SubmitAnswer.Rejected(
                new Refusal(type, advice).error(gateway, "the request", answer, gatewayError).withRetryable(repeatable), repeatable,
                repeatable ? answer.retryAfter(now) : null);
    }

    /** @param ids JSON pointers to the gateway's task id, used only as a hint: it may be another job's */
    public SubmitAnswer unknown(HttpAnswer answer, String... ids) {
        GatewayError gatewayError = GatewayError.of(answer);
        String reason = !answer.isSuccess() ? "HTTP " + answer.status()
                : answer.json().isMissingNode() ? "HTTP " + answer.status() + " and no JSON"
                : "HTTP " + answer.status() + " and no usable task id";
        String id = ids.length == 0 ? null : TaskId.at(answer.json(), ids);
        return new SubmitAnswer.Unknown(new JobError(
                ErrorType.SUBMIT_UNKNOWN,
                "It is not known whether the submit created a video: " + gateway + " answered with " + reason + gatewayError.quoted()
                        + (id == null ? "" : "; the answer names " + id + ", which may be the task id")
                        + ". It may be charged and is not retried automatically. Check the gateway's own job list; if the job is there,"
                        + " await its task id",
                Charged.UNKNOWN, false, answer.status(), gatewayError.code(), gatewayError.requestId()));
    }
}
