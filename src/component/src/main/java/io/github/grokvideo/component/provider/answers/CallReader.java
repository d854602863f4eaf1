// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.provider.HttpAnswer;

/** Turns a failed upload or balance query, which cost nothing, into an error. */
public final class CallReader {

    private CallReader() {
    }

    /**
     * @param what      for example {@code the upload}
     * @param otherwise type for statuses without a type of their own
     */
    public static JobError refused(String gateway, String what, HttpAnswer answer, ErrorType otherwise) {
        GatewayError gatewayError = GatewayError.of(answer);
        Refusal refusal = Refusal.of(answer.status(), answer, gatewayError);
        if (refusal != null && (refusal.type() != ErrorType.SUBMIT_REJECTED || otherwise == ErrorType.SUBMIT_REJECTED)) {
            return refusal.error(gateway, what, answer, gatewayError);
        }
        boolean passing = answer.status() >= 500 || answer.status() == 408;
        String reason = answer.isSuccess() ? "an unusable answer" : "HTTP " + answer.status();
        return new JobError(
                otherwise, gateway + " answered " + what + " with " + reason + gatewayError.quoted() + ". Nothing was charged"
                        + (passing ? "; try again later" : Redirect.is(answer.status()) ? "; " + Redirect.advice(answer) : ""),
                Charged.NO, passing, answer.status(), gatewayError.code(), gatewayError.requestId());
    }

    /** The gateway did not stop a job, which goes on. */
    public static JobError notCancelled(String gateway, HttpAnswer answer) {
        GatewayError gatewayError = GatewayError.of(answer);
        ErrorType type = answer.status() == 401 || answer.status() == 403 ? ErrorType.AUTHENTICATION : ErrorType.UNSUPPORTED;
        return new JobError(type, gateway + " did not stop the job: HTTP " + answer.status() + gatewayError.quoted()
                + ". The job goes on and may be charged", Charged.UNKNOWN, false, answer.status(), gatewayError.code(),
                gatewayError.requestId());
    }

    /** For a gateway that reports a wrong key other than by its status. */
    public static JobError wrongKey(String gateway, String what, HttpAnswer answer) {
        return new Refusal(ErrorType.AUTHENTICATION, "check the API key").error(gateway, what, answer, GatewayError.of(answer));
    }

    /** For a gateway that reports missing credit other than by its status. */
    public static JobError noCredit(String gateway, String what, HttpAnswer answer, String advice) {
        return new Refusal(ErrorType.INSUFFICIENT_CREDIT, advice).error(gateway, what, answer, GatewayError.of(answer));
    }
}
