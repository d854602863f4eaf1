// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.util.Locale;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import org.apache.camel.Exchange;

/**
 * What an HTTP client is told about a caught exception, whatever the format. Pure.
 *
 * @param status     HTTP status
 * @param type       an {@link ErrorType}, or {@code INTERNAL_ERROR}
 * @param message    what happened
 * @param charged    yes, no or unknown
 * @param retryAfter seconds after which the same request may succeed; null = unknown
 */
record HttpFailure(int status, String type, String message, String charged, String retryAfter) {

    private static final int TOO_LARGE = 413;
    private static final int INTERNAL_ERROR = 500;
    private static final String RETRY_AFTER_SECONDS = "5";

    static HttpFailure of(Exchange exchange) {
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (caught instanceof GrokVideoException failure) {
            ErrorType type = failure.getError().type();
            return new HttpFailure(failure instanceof BodyTooLargeException ? TOO_LARGE : status(type), type.name(),
                    failure.getError().message(), failure.getCharged().name().toLowerCase(Locale.ROOT),
                    maySucceedSoon(type) ? RETRY_AFTER_SECONDS : null);
        }
        // Other exceptions may contain internals that are not for the caller.
        return new HttpFailure(INTERNAL_ERROR, "INTERNAL_ERROR", "The request could not be processed", "unknown", null);
    }

    private static int status(ErrorType type) {
        return switch (type) {
            case INVALID_REQUEST -> 400;
            case INSUFFICIENT_CREDIT -> 402;
            case JOB_NOT_FOUND -> 404;
            case JOB_KEY_CONFLICT, WAIT_TIMEOUT -> 409;
            case JOB_FAILED, MODERATED, JOB_EXPIRED, CANCELLED -> 410;
            case SUBMIT_REJECTED -> 422;
            case SPEND_LIMIT, RATE_LIMITED -> 429;
            case UNSUPPORTED -> 501;
            // Not the caller's fault: a key refused by the gateway, for example, is for the operator to fix.
            case AUTHENTICATION, SUBMIT_UNKNOWN, ALREADY_DELIVERED -> 502;
            case STORE_UNAVAILABLE, DETACHED, DOWNLOAD_FAILED -> 503;
        };
    }

    private static boolean maySucceedSoon(ErrorType type) {
        return switch (type) {
            case WAIT_TIMEOUT, RATE_LIMITED, STORE_UNAVAILABLE, DETACHED, DOWNLOAD_FAILED -> true;
            default -> false;
        };
    }
}
