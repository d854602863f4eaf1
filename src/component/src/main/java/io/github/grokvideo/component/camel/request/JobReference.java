// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import io.github.grokvideo.component.camel.JobMap;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;

/**
 * The job that a message refers to. A header wins over the body; the component's job id wins over the gateway's task id.
 *
 * @param jobId  null = only the task id is known
 * @param taskId null = there is a job id
 */
public record JobReference(String jobId, String taskId) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {
    };
    private static final int MAX_ID = 512;
    private static final int MAX_BODY = 64 * 1024;

    /** @throws InvalidRequestException if the message names no job */
    public static JobReference of(Exchange exchange) {
        Message message = exchange.getMessage();
        String jobId = text(message.getHeader(GrokVideoConstants.JOB_ID));
        String taskId = text(message.getHeader(GrokVideoConstants.TASK_ID));
        if (jobId == null && taskId == null) {
            Map<?, ?> body = body(exchange);
            jobId = text(body.get(JobMap.JOB_ID));
            taskId = text(body.get(JobMap.TASK_ID));
        }
        if (jobId == null && taskId == null) {
            throw InvalidRequestException.of(null, null, List.of(new Violation(JobMap.JOB_ID, null,
                    "is missing: set the header " + GrokVideoConstants.JOB_ID + " or " + GrokVideoConstants.TASK_ID
                            + ", or a body with jobId or taskId")));
        }
        return new JobReference(jobId, jobId == null ? taskId : null);
    }

    public String id() {
        return jobId == null ? taskId : jobId;
    }

    private static Map<?, ?> body(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Map<?, ?> map) {
            return map;
        }
        if (body instanceof JsonNode node) {
            return node.isObject() ? JSON.convertValue(node, FIELDS) : Map.of();
        }
        String text = body instanceof CharSequence ? body.toString() : read(exchange, body);
        if (!text.stripLeading().startsWith("{")) {
            return text.strip().length() > MAX_ID || text.strip().contains("\n") ? Map.of() : Map.of(JobMap.JOB_ID, text);
        }
        try {
            return JSON.readValue(text, FIELDS);
        } catch (JsonProcessingException e) {
            throw InvalidRequestException.of(null, null, List.of(new Violation("body", null, "is broken JSON")));
        }
    }

    /** Reads only as much as an id or its JSON can have, not a whole video that happens to be the body. */
    private static String read(Exchange exchange, Object body) {
        if (body == null) {
            return "";
        }
        try (InputStream in = exchange.getContext().getTypeConverter().tryConvertTo(InputStream.class, exchange, body)) {
            byte[] bytes = in == null ? new byte[0] : in.readNBytes(MAX_BODY);
            if (body instanceof StreamCache cache) {
                cache.reset();
            } else if (body instanceof InputStream) {
                // A stream can be read only once, but a redelivered message is read again.
                exchange.getMessage().setBody(bytes);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw InvalidRequestException.of(null, null, List.of(new Violation("body", null, "cannot be read")));
        }
    }

    private static String text(Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString().strip();
    }
}
