package io.github.grokvideo.component.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a gateway answered, as far as it was read. Nothing in it is trusted.
 *
 * @param status  HTTP status
 * @param headers first value of each, looked up without regard to case
 * @param body    text, cut at the transport's limit; never null
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();
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
        String text = body.strip();
        if (text.isEmpty() || "{[".indexOf(text.charAt(0)) < 0) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode node = JSON.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
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
