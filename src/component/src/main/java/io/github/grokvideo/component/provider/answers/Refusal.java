package io.github.grokvideo.component.provider.answers;

import java.util.Map;
import io.github.grokvideo.component.job.Charged;
import io.github.grokvideo.component.job.ErrorType;
import io.github.grokvideo.component.job.JobError;
import io.github.grokvideo.component.provider.HttpAnswer;

/**
 * What the statuses mean by which gateways say that they did nothing. No other status says so.
 *
 * @param type   of the error
 * @param advice for the person who reads the log
 */
record Refusal(ErrorType type, String advice) {

    private static final Refusal WRONG = new Refusal(ErrorType.SUBMIT_REJECTED, "correct it, it will be refused again as it is");

    private static final Map<Integer, Refusal> BY_STATUS = Map.of(
            400, WRONG,
            401, new Refusal(ErrorType.AUTHENTICATION, "check the API key"),
            402, new Refusal(ErrorType.INSUFFICIENT_CREDIT, "top up the account"),
            403, new Refusal(ErrorType.AUTHENTICATION, "the key may not do this: check its permissions, its IP allow-list and the account"),
            404, new Refusal(ErrorType.SUBMIT_REJECTED, "check the model id, the ids in the request and baseUrl"),
            405, new Refusal(ErrorType.SUBMIT_REJECTED, "check baseUrl"),
            413, new Refusal(ErrorType.SUBMIT_REJECTED, "send smaller media or a shorter prompt"),
            415, WRONG,
            422, WRONG,
            429, new Refusal(ErrorType.RATE_LIMITED, "send fewer requests, or wait"));

    private static final Refusal MODERATED = new Refusal(ErrorType.MODERATED, "change the prompt or the media");

    /** @return null where the status does not say that nothing was done */
    static Refusal of(int status, GatewayError error) {
        Refusal refusal = BY_STATUS.get(status);
        boolean ofContent = refusal != null && (refusal.type == ErrorType.SUBMIT_REJECTED || status == 403);
        return ofContent && error.isModeration() ? MODERATED : refusal;
    }

    JobError error(String gateway, String what, HttpAnswer answer, GatewayError told) {
        String message = gateway + " refused " + what + told.quoted() + ". Nothing was charged; " + advice;
        return new JobError(
                type, message, Charged.NO, type == ErrorType.RATE_LIMITED, answer.status(), told.code(), told.requestId());
    }
}
