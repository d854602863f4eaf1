// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.util.LinkedHashMap;
import java.util.Map;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Replaces the body with a report of the outcome of a request, as JSON text for the program that sent it: {@code status} is {@code made} or
 * {@code failed}. It is built from the headers of {@code generate}, {@code await} or {@code completed}: the job or the error, the job key,
 * and the location of the video if it was stored in a directory or in S3. Thread-safe.
 */
public final class OutcomeReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Writes the report.
     *
     * @param exchange whose body is replaced
     * @throws JsonProcessingException if the report cannot be written as JSON
     * @throws IllegalStateException if the message has neither a job nor an error
     */
    public void report(Exchange exchange) throws JsonProcessingException {
        write(exchange, report(exchange.getMessage()));
    }

    /**
     * Like {@link #report(Exchange)}; after a failure it includes the request that {@link JsonRequest} has read, so that the sender can
     * correct and repeat it.
     *
     * @param exchange whose body is replaced
     * @throws JsonProcessingException if the report cannot be written as JSON
     * @throws IllegalStateException if the message has neither a job nor an error
     */
    public void reportWithRequest(Exchange exchange) throws JsonProcessingException {
        Map<String, Object> report = report(exchange.getMessage());
        if (exchange.getMessage().getHeader(GrokVideoConstants.ERROR) != null) {
            put(report, "request", exchange.getProperty(JsonRequest.TEXT));
        }
        write(exchange, report);
    }

    private static void write(Exchange exchange, Map<String, Object> report) throws JsonProcessingException {
        exchange.getMessage().setBody(JSON.writeValueAsString(report));
    }

    private static Map<String, Object> report(Message message) {
        Map<?, ?> error = message.getHeader(GrokVideoConstants.ERROR, Map.class);
        if (error == null && message.getHeader(GrokVideoConstants.STATUS) == null) {
            throw new IllegalStateException("Nothing to report: the message has neither a job nor an error of grokvideo");
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("status", error == null ? "made" : "failed");
        if (error == null) {
            video(message, report);
        } else {
            error.forEach((name, value) -> report.put(name.toString(), value));
        }
        put(report, "jobKey", message.getHeader(GrokVideoConstants.JOB_KEY));
        return report;
    }

    private static void video(Message message, Map<String, Object> report) {
        put(report, "jobId", message.getHeader(GrokVideoConstants.JOB_ID));
        put(report, "provider", message.getHeader(GrokVideoConstants.PROVIDER));
        put(report, "account", message.getHeader(GrokVideoConstants.JOB_ACCOUNT));
        put(report, "model", message.getHeader(GrokVideoConstants.JOB_MODEL));
        put(report, "size", message.getHeader(GrokVideoConstants.SIZE));
        put(report, "sha256", message.getHeader(GrokVideoConstants.SHA256));
        put(report, "cost", message.getHeader(GrokVideoConstants.COST));
        put(report, "costUnit", message.getHeader(GrokVideoConstants.COST_UNIT));
        put(report, "costEstimated", message.getHeader(GrokVideoConstants.COST_ESTIMATED));
        put(report, "file", message.getHeader(GrokVideoConstants.FILE));
        Object bucket = message.getHeader(S3Object.BUCKET);
        Object key = message.getHeader(S3Object.KEY);
        if (bucket != null && key != null) {
            report.put("bucket", bucket);
            report.put("key", key);
            report.put("url", "s3://" + bucket + "/" + key);
        }
    }

    private static void put(Map<String, Object> report, String name, Object value) {
        if (value != null) {
            report.put(name, value);
        }
    }
}
