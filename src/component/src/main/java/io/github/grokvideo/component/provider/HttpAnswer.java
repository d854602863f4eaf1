// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What a gateway answered, as far as it was read. Nothing in it is trusted.
 *
 * @param status  HTTP status
 * @param headers first value of each, looked up without regard to case
 * @param body    text, cut at the transport's limit; never null
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {

    /** Reads what is no JSON by the letter, and clear all the same: JavaScript's NaN, control characters in texts, a comma too many. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER, JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .build();
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /** Longer waits than a day are a gateway's mistake, not an instruction. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

    public HttpAnswer {
        Map<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (headers != null) {
            folded.putAll(headers);
        }
        headers = java.util.Collections.unmodifiableMap(folded);
        body = body == null ? "" : body;
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** @return the body as JSON; a missing node where it is empty, HTML or cut */
    public JsonNode json() {
        String text = jsonText();
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode node = JSON.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * @return what there is of the body as JSON, up to where it is cut or illegible; numbers are texts in it. For what is certain once it
     *         is there, such as a task id, and for nothing that must not be missing: a video's URL may have been in the rest
     */
    public JsonNode partialJson() {
        String text = jsonText();
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        try (JsonParser parser = JSON.createParser(text)) {
            return PartialJson.read(parser, text.length());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** @return empty where the body is no JSON */
    private String jsonText() {
        String text = (body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body).strip();
        return text.isEmpty() || "{[".indexOf(text.charAt(0)) < 0 ? "" : text;
    }

    /** @return how long the gateway asks to wait (seconds or an HTTP date), 0..24 h; null = it does not say, or not legibly */
    public Duration retryAfter(Instant now) {
        String value = headers.get("Retry-After");
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            return clamp(Duration.ofMillis((long) (Double.parseDouble(value.strip()) * 1000)));
        } catch (NumberFormatException e) {
            try {
                return clamp(Duration.between(now,
                        ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.US)).toInstant()));
            } catch (DateTimeParseException unreadable) {
                return null;
            }
        }
    }

    private static Duration clamp(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
    }

    /** The body may hold a signed URL: it is not shown. */
    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length() + " characters";
    }
}
