// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import org.apache.camel.Exchange;

/**
 * Reads a body sent by another program as a JSON object with the fields of a request. An endpoint would take any text as a prompt and pay
 * for it; this bean rejects everything but a JSON object, with an {@link InvalidRequestException} and the error headers that an endpoint
 * would set. Thread-safe.
 */
public final class JsonRequest {

    /** The largest body if the route sets no limit, in bytes: room for images as data URIs. */
    static final int MAX_BYTES = 64 * 1024 * 1024;

    /** Exchange property: the text that was read, for {@link OutcomeReport#reportWithRequest}. */
    static final String TEXT = "CamelGrokVideoRequest";

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {
    };
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String ALLOWED = "must be a JSON object with the fields of a request, for example {\"prompt\": \"A fox\","
            + " \"duration\": 6}";
    private static final String TAG = "tag";

    /**
     * Replaces the body with its fields, as a Map.
     *
     * @param exchange whose body is read; up to 64 MiB
     * @throws InvalidRequestException if the body is invalid
     */
    public void read(Exchange exchange) {
        exchange.getMessage().setBody(fields(exchange, MAX_BYTES));
    }

    /**
     * Replaces the body with its fields, as a Map.
     *
     * @param exchange whose body is read
     * @param maxBytes largest accepted body, in bytes
     * @throws BodyTooLargeException if the body is larger
     * @throws InvalidRequestException if the body is invalid
     */
    void readUpTo(Exchange exchange, int maxBytes) {
        exchange.getMessage().setBody(fields(exchange, maxBytes));
    }

    /**
     * Like {@link #read}, for callers that choose the tag of their job: a field {@code tag} is moved to the header that sets it.
     *
     * @param exchange whose body is read
     * @param maxBytes largest accepted body, in bytes
     * @throws BodyTooLargeException if the body is larger
     * @throws InvalidRequestException if the body is invalid
     */
    public void readWithTag(Exchange exchange, int maxBytes) {
        Map<String, Object> fields = fields(exchange, maxBytes);
        Object tag = fields.remove(TAG);
        if (tag != null && !(tag instanceof String)) {
            throw invalid(exchange, TAG, "must be text");
        }
        exchange.getMessage().setHeader(GrokVideoConstants.TAG, tag);
        exchange.getMessage().setBody(fields);
    }

    private static Map<String, Object> fields(Exchange exchange, int maxBytes) {
        byte[] bytes = bytes(exchange, maxBytes);
        exchange.setProperty(TEXT, new String(bytes, StandardCharsets.UTF_8));
        try {
            Map<String, Object> fields = JSON.readValue(bytes, FIELDS);
            if (fields != null) {
                return fields;
            }
        } catch (IOException e) {
            // Jackson's message quotes the body, which may be private.
        }
        throw invalid(exchange, "body", ALLOWED);
    }

    private static byte[] bytes(Exchange exchange, int maxBytes) {
        Object body = exchange.getMessage().getBody();
        if (body == null) {
            return new byte[0];
        }
        byte[] bytes = null;
        try (InputStream in = exchange.getContext().getTypeConverter().tryConvertTo(InputStream.class, exchange, body)) {
            bytes = in == null ? null : in.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw invalid(exchange, "body", "cannot be read");
        }
        if (bytes == null) {
            throw invalid(exchange, "body", ALLOWED);
        }
        if (bytes.length > maxBytes) {
            throw withHeaders(exchange, new BodyTooLargeException(maxBytes));
        }
        return bytes;
    }

    private static InvalidRequestException invalid(Exchange exchange, String field, String allowed) {
        return withHeaders(exchange, InvalidRequestException.of(null, null, List.of(new Violation(field, null, allowed))));
    }

    static InvalidRequestException withHeaders(Exchange exchange, InvalidRequestException failure) {
        Map<String, Object> error = failure.toMap();
        exchange.getMessage().setHeader(GrokVideoConstants.ERROR, error);
        exchange.getMessage().setHeader(GrokVideoConstants.ERROR_TYPE, error.get("type"));
        exchange.getMessage().setHeader(GrokVideoConstants.ERROR_MESSAGE, error.get("message"));
        exchange.getMessage().setHeader(GrokVideoConstants.ERROR_CHARGED, error.get("charged"));
        return failure;
    }
}
