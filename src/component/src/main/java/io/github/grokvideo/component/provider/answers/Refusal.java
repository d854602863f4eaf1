// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.util.Map;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.provider.HttpAnswer;

/**
 * What the statuses mean by which a gateway, or whoever stands before it, says that it did nothing. No other status says so.
 * <p>
 * Relays pass on what their upstream answers, so a status counts only where it cannot come from something that happened after a job was
 * made. Those that can are left out, and the submit is unknown: 408 and 499 (a relay's own wait for the upstream was over), 409 (there is
 * such a job, perhaps from this very request), 412, 423, 424 and 425 (something else stood in the way, perhaps later), 406 (of the answer,
 * not of the request), and all of 5xx but 501.
 *
 * @param type   of the error
 * @param advice for the person who reads the log
 */
record Refusal(ErrorType type, String advice) {

    private static final Refusal WRONG = new Refusal(ErrorType.SUBMIT_REJECTED, "correct it, it will be refused again as it is");
    private static final Refusal WRONG_ADDRESS = new Refusal(ErrorType.SUBMIT_REJECTED, "check baseUrl");

    private static final Map<Integer, Refusal> BY_STATUS = Map.ofEntries(
            // Documented by the gateways.
            Map.entry(400, WRONG),
            Map.entry(401, new Refusal(ErrorType.AUTHENTICATION, "check the API key")),
            Map.entry(402, new Refusal(ErrorType.INSUFFICIENT_CREDIT, "top up the account")),
            Map.entry(403, new Refusal(ErrorType.AUTHENTICATION,
                    "the key may not do this: check its permissions, its IP allow-list and the account")),
            Map.entry(404, new Refusal(ErrorType.SUBMIT_REJECTED, "check the model id, the ids in the request and baseUrl")),
            Map.entry(422, WRONG),
            Map.entry(429, new Refusal(ErrorType.RATE_LIMITED, "send fewer requests, or wait")),
            // There is something else at this address, which makes no videos.
            Map.entry(405, WRONG_ADDRESS),
            Map.entry(421, WRONG_ADDRESS),
            Map.entry(501, new Refusal(ErrorType.SUBMIT_REJECTED, "the gateway does not have this call: check baseUrl and the model id")),
            // The call was taken out of service.
            Map.entry(410, new Refusal(ErrorType.SUBMIT_REJECTED,
                    "the gateway has this call or model no longer: check baseUrl and the model id")),
            // It came by the wrong protocol, or without what a proxy asks for, and was not passed on.
            Map.entry(426, new Refusal(ErrorType.SUBMIT_REJECTED, "check baseUrl: the gateway asks for another protocol, https perhaps")),
            Map.entry(407, new Refusal(ErrorType.SUBMIT_REJECTED, "a proxy asks for credentials: check Camel's proxy settings")),
            // Refused for its form, before it was read.
            Map.entry(411, WRONG),
            Map.entry(413, new Refusal(ErrorType.SUBMIT_REJECTED, "send smaller media or a shorter prompt")),
            Map.entry(414, WRONG_ADDRESS),
            Map.entry(415, WRONG),
            Map.entry(431, new Refusal(ErrorType.SUBMIT_REJECTED, "its headers are too large: check the API key")),
            // The law, or the gateway's rules for a country, forbid to serve it.
            Map.entry(451, new Refusal(ErrorType.SUBMIT_REJECTED, "the gateway may not serve this where you are, or where it is")));

    private static final Refusal MODERATED = new Refusal(ErrorType.MODERATED, "change the prompt or the media");

    /**
     * @param  status the one that counts, which some gateways hide in the body
     * @return        null where the status does not say that nothing was done
     */
    static Refusal of(int status, HttpAnswer answer, GatewayError error) {
        if (Redirect.is(status)) {
            // Not followed, and not processed where it arrived: that is what it says.
            return Redirect.mayHaveCreated(status, answer) ? null : new Refusal(ErrorType.SUBMIT_REJECTED, Redirect.advice(answer));
        }
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
