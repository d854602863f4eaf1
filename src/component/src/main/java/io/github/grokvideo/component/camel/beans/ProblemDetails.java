// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.util.LinkedHashMap;
import java.util.Map;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Answers an HTTP request with the caught exception as problem details (RFC 9457): status code, Content-Type, Retry-After and body. Removes
 * all other headers, since the consumer would send them. Thread-safe.
 */
public final class ProblemDetails implements Processor {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        HttpFailure failure = HttpFailure.of(exchange);
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "urn:grokvideo:" + failure.type());
        problem.put("status", failure.status());
        problem.put("detail", failure.message());
        problem.put("charged", failure.charged());
        problem.put("errorType", failure.type());
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(JSON.writeValueAsBytes(problem));
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, failure.status());
        message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
        if (failure.retryAfter() != null) {
            message.setHeader("Retry-After", failure.retryAfter());
        }
    }
}
