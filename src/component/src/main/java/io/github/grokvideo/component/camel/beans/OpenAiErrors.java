// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.error.InvalidRequestException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Answers an HTTP request with the caught exception as OpenAI's API does: {@code {"error": {message, type, param, code, charged}}}. The
 * clients of OpenAI repeat a request that failed with 409, 429 or 5xx, which may be paid for twice: where that cannot help, the header
 * {@code x-should-retry: false} stops them. Removes all other headers, since the consumer would send them. Thread-safe.
 */
public final class OpenAiErrors implements Processor {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SERVER_ERROR = 500;
    private static final Map<String, String> CODES = Map.of("MODERATED", "moderation_blocked", "JOB_NOT_FOUND", "not_found",
            "INVALID_REQUEST", "invalid_value", "RATE_LIMITED", "rate_limit_exceeded", "SPEND_LIMIT", "rate_limit_exceeded",
            "INSUFFICIENT_CREDIT", "insufficient_quota", "JOB_KEY_CONFLICT", "idempotency_key_reused", "WAIT_TIMEOUT", "video_not_ready");
    private static final Map<String, String> PARAMETERS = Map.of("duration", "seconds", "images", "input_reference", "resolution", "size",
            "aspectRatio", "size", "negativePrompt", "negative_prompt", "generateAudio", "generate_audio");

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        HttpFailure failure = HttpFailure.of(exchange);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", failure.message());
        error.put("type", failure.status() >= SERVER_ERROR ? "server_error"
                : failure.type().equals("RATE_LIMITED") ? "requests" : "invalid_request_error");
        error.put("param", parameter(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
        error.put("code", code(failure.type()));
        error.put("charged", failure.charged());
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(JSON.writeValueAsBytes(Map.of("error", error)));
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, failure.status());
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        if (failure.retryAfter() == null) {
            message.setHeader("x-should-retry", "false");
        } else {
            message.setHeader("Retry-After", failure.retryAfter());
        }
    }

    static String code(String type) {
        return CODES.getOrDefault(type, type.toLowerCase(Locale.ROOT));
    }

    /** @return OpenAI's name of the first field that is wrong; null = it is not about a field */
    private static String parameter(Object caught) {
        if (!(caught instanceof InvalidRequestException invalid) || invalid.getViolations().isEmpty()) {
            return null;
        }
        String field = invalid.getViolations().get(0).field();
        return field == null || field.equals("body") ? null : PARAMETERS.getOrDefault(field, field);
    }
}
