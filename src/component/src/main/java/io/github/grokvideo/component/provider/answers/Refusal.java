// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.util.Map;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.provider.HttpAnswer;

/**
 * The HTTP statuses that prove that a gateway, or a proxy in front of it, did nothing.
 * <p>
 * Relays pass on their upstream's status, so a status counts only if it cannot occur after a job was created. After any other status the
 * outcome of the submit is unknown: 408 and 499 (a relay's timeout), 409 (the job exists, perhaps from this very request), 412, 423, 424
 * and 425 (a conflict that may have arisen later), 406 (about the answer, not the request), and all 5xx except 501.
 *
 * @param type   of the error
 * @param advice what to do, for whoever reads the log
 */
record Refusal(ErrorType type, String advice) {

    private static final Refusal WRONG = new Refusal(ErrorType.SUBMIT_REJECTED, "correct it before retrying, or it will be refused again");
    private static final Refusal WRONG_ADDRESS = new Refusal(ErrorType.SUBMIT_REJECTED, "check baseUrl");

    private static final Map<Integer, Refusal> BY_STATUS = Map.ofEntries(
            // Documented by the gateways.
            Map.entry(400, WRONG),
            Map.entry(401, new Refusal(ErrorType.AUTHENTICATION, "check the API key")),
            Map.entry(402, new Refusal(ErrorType.INSUFFICIENT_CREDIT, "top up the account")),
            Map.entry(403, new Refusal(ErrorType.AUTHENTICATION,
                    "the key has no permission for this: check its permissions, its IP allow-list and the account")),
            Map.entry(404, new Refusal(ErrorType.SUBMIT_REJECTED, "check the model id, the ids in the request and baseUrl")),
            Map.entry(422, WRONG),
            Map.entry(429, new Refusal(ErrorType.RATE_LIMITED, "send fewer requests, or wait")),
            // Another service answers at this address.
            Map.entry(405, WRONG_ADDRESS),
            Map.entry(421, WRONG_ADDRESS),
            Map.entry(501, new Refusal(ErrorType.SUBMIT_REJECTED, "the gateway does not have this call: check baseUrl and the model id")),
            // The call was removed.
            Map.entry(410, new Refusal(ErrorType.SUBMIT_REJECTED,
                    "the gateway no longer has this call or model: check baseUrl and the model id")),
            // Wrong protocol, or missing proxy credentials: not forwarded.
            Map.entry(426, new Refusal(ErrorType.SUBMIT_REJECTED, "check baseUrl: the gateway requires another protocol, perhaps https")),
            Map.entry(407, new Refusal(ErrorType.SUBMIT_REJECTED, "a proxy requires credentials: check Camel's proxy settings")),
            // Refused for its form, before it was processed.
            Map.entry(411, WRONG),
            Map.entry(413, new Refusal(ErrorType.SUBMIT_REJECTED, "send smaller media or a shorter prompt")),
            Map.entry(414, WRONG_ADDRESS),
            Map.entry(415, WRONG),
            Map.entry(431, new Refusal(ErrorType.SUBMIT_REJECTED, "its headers are too large: check the API key")),
            // Forbidden by law or by the gateway's country rules.
            Map.entry(451, new Refusal(ErrorType.SUBMIT_REJECTED,
                    "the gateway may not serve this for legal reasons, in your country or its own")));

    private static final Refusal MODERATED = new Refusal(ErrorType.MODERATED, "change the prompt or the media");

    /**
     * @param  status the effective status, which some gateways put into the body
     * @return        null if the status does not prove that nothing was done
     */
    static Refusal of(int status, HttpAnswer answer, GatewayError error) {
        if (Redirect.is(status)) {
            // A redirect means that the call was not processed, and it is not followed.
            return Redirect.mayHaveCreated(status, answer) ? null : new Refusal(ErrorType.SUBMIT_REJECTED, Redirect.advice(answer));
        }
        Refusal refusal = BY_STATUS.get(status);
        boolean ofContent = refusal != null && (refusal.type == ErrorType.SUBMIT_REJECTED || status == 403);
        return ofContent && error.isModeration() ? MODERATED : refusal;
    }

    JobError error(String gateway, String what, HttpAnswer answer, GatewayError gatewayError) {
        String message = gateway + " refused " + what + gatewayError.quoted() + ". Nothing was charged; " + advice;
        return new JobError(
                type, message, Charged.NO, type == ErrorType.RATE_LIMITED, answer.status(), gatewayError.code(), gatewayError.requestId());
    }
}
