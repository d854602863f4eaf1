// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Answers an HTTP request with the caught exception as problem details (RFC 9457): status code, Content-Type, Retry-After and body. Removes
 * all other headers, since the consumer would send them. Thread-safe.
 */
public final class ProblemDetails implements Processor {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOO_LARGE = 413;
    private static final int INTERNAL_ERROR = 500;
    private static final String RETRY_AFTER_SECONDS = "5";

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        if (caught instanceof GrokVideoException failure) {
            ErrorType type = failure.getError().type();
            if (maySucceedSoon(type)) {
                message.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            }
            answer(message, failure instanceof BodyTooLargeException ? TOO_LARGE : status(type), type.name(),
                    failure.getError().message(), failure.getCharged().name().toLowerCase(Locale.ROOT));
        } else {
            // Other exceptions may contain internals that are not for the caller.
            answer(message, INTERNAL_ERROR, "INTERNAL_ERROR", "The request could not be processed", "unknown");
        }
    }

    private static void answer(Message message, int status, String type, String detail, String charged) throws JsonProcessingException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "urn:grokvideo:" + type);
        problem.put("status", status);
        problem.put("detail", detail);
        problem.put("charged", charged);
        problem.put("errorType", type);
        message.setBody(JSON.writeValueAsBytes(problem));
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
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
            // Not the caller's fault: a key refused by the gateway, for example, is for the operator to fix.
            case AUTHENTICATION, SUBMIT_UNKNOWN, UNSUPPORTED, ALREADY_DELIVERED -> 502;
            case STORE_UNAVAILABLE, DETACHED, DOWNLOAD_FAILED -> 503;
        };
    }

    private static boolean maySucceedSoon(ErrorType type) {
        return switch (type) {
            case WAIT_TIMEOUT, SPEND_LIMIT, RATE_LIMITED, STORE_UNAVAILABLE, DETACHED, DOWNLOAD_FAILED -> true;
            default -> false;
        };
    }
}
