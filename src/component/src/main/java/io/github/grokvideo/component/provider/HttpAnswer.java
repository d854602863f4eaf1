// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A gateway's answer, as far as it was read. All of it is untrusted. Immutable. */
public final class HttpAnswer {

    /** Also accepts common, unambiguous deviations from JSON: NaN, control characters in strings, trailing commas. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER, JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .build();
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /** A wait of more than a day is taken for a gateway's mistake. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

    private final int status;
    private final Map<String, String> headers;
    private final String body;
    /** What {@link #json} has read; null = it was not asked for yet. */
    private volatile JsonNode json;

    /**
     * @param status  HTTP status
     * @param headers copied, first value of each; null = none
     * @param body    text, truncated at the transport's limit; null = empty
     */
    public HttpAnswer(int status, Map<String, String> headers, String body) {
        Map<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (headers != null) {
            folded.putAll(headers);
        }
        this.status = status;
        this.headers = Collections.unmodifiableMap(folded);
        this.body = body == null ? "" : body;
    }

    /** @return HTTP status */
    public int status() {
        return status;
    }

    /** @return first value of each; names are case-insensitive */
    public Map<String, String> headers() {
        return headers;
    }

    /** @return text, truncated at the transport's limit; never null */
    public String body() {
        return body;
    }

    /** @return whether the status is 2xx */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** @return the body as JSON, not to be changed; a missing node if it is empty, not JSON or truncated */
    public JsonNode json() {
        JsonNode known = json;
        if (known == null) {
            known = read(jsonText());
            json = known;
        }
        return known;
    }

    private static JsonNode read(String text) {
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
     * Reads a body that may be truncated. Use it only for values that are certain once present, such as a task id; the absence of a value
     * proves nothing.
     *
     * @return the body as JSON up to where it ends or becomes invalid, with numbers as strings; a missing node if there is nothing
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

    /** @return empty if the body is not JSON */
    private String jsonText() {
        String text = (body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body).strip();
        return text.isEmpty() || "{[".indexOf(text.charAt(0)) < 0 ? "" : text;
    }

    /**
     * @param  now the time to which a date in Retry-After is compared
     * @return     how long the gateway asks to wait, 0..24 h; null = no Retry-After, or an invalid one
     */
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

    /** Without the body, which may contain a signed URL. */
    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length() + " characters";
    }
}
