package io.github.grokvideo.component.camel;

import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.job.InvalidRequestException;
import io.github.grokvideo.component.job.Violation;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Which job a message is about. A header wins over the body; our job id wins over the gateway's task id.
 *
 * @param jobId  null = only the task id is known
 * @param taskId null = there is a job id
 */
record JobReference(String jobId, String taskId) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {
    };
    private static final int MAX_ID = 512;

    /** @throws InvalidRequestException where the message names no job */
    static JobReference of(Exchange exchange) {
        Message message = exchange.getMessage();
        String jobId = text(message.getHeader(GrokVideoConstants.JOB_ID));
        String taskId = text(message.getHeader(GrokVideoConstants.TASK_ID));
        if (jobId == null && taskId == null) {
            Map<?, ?> body = body(message);
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

    String id() {
        return jobId == null ? taskId : jobId;
    }

    private static Map<?, ?> body(Message message) {
        Object body = message.getBody();
        if (body instanceof Map<?, ?> map) {
            return map;
        }
        String text = body == null ? null : message.getBody(String.class);
        if (text == null || text.isBlank()) {
            return Map.of();
        }
        if (!text.stripLeading().startsWith("{")) {
            return text.strip().length() > MAX_ID || text.strip().contains("\n") ? Map.of() : Map.of(JobMap.JOB_ID, text);
        }
        try {
            return JSON.readValue(text, FIELDS);
        } catch (JsonProcessingException e) {
            throw InvalidRequestException.of(null, null, List.of(new Violation("body", null, "is broken JSON")));
        }
    }

    private static String text(Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString().strip();
    }
}
