// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import io.github.grokvideo.component.job.SignedUrl;

/** Converts user input to the type of a field, without loss or not at all. */
public final class FieldValue {

    /** Longest text of a field, in characters; a longer one is a mistake, not a prompt. */
    public static final int MAX_TEXT = 1024 * 1024;
    private static final int SHOWN = 80;

    private FieldValue() {
    }

    /** @return null for blank */
    static String text(Object value) {
        if (!(value instanceof CharSequence)) {
            throw new IllegalArgumentException("must be text");
        }
        String text = value.toString();
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("must not be longer than " + MAX_TEXT + " characters");
        }
        return text.isBlank() ? null : text;
    }

    static Integer integer(Object value) {
        return exact(value, "must be a whole number").map(BigDecimal::intValueExact);
    }

    static Long whole(Object value) {
        return exact(value, "must be a whole number").map(BigDecimal::longValueExact);
    }

    static Double number(Object value) {
        return exact(value, "must be a number").map(BigDecimal::doubleValue);
    }

    static Boolean bool(Object value) {
        if (value instanceof Boolean given) {
            return given;
        }
        if (value instanceof CharSequence && value.toString().strip().equalsIgnoreCase("true")) {
            return Boolean.TRUE;
        }
        if (value instanceof CharSequence && value.toString().strip().equalsIgnoreCase("false")) {
            return Boolean.FALSE;
        }
        throw new IllegalArgumentException("must be true or false");
    }

    /** @return the elements of a list, or of text at its commas; without blank ones */
    static List<String> texts(Object value) {
        Collection<?> elements = value instanceof Collection<?> many ? many : List.of(text(value).split(","));
        return elements.stream().map(FieldValue::text).filter(Objects::nonNull).map(String::strip).toList();
    }

    static Map<String, Object> fields(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("must be a map of names and values");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((name, field) -> fields.put(String.valueOf(name), field));
        return fields;
    }

    /** @return the value as it may appear in messages and logs, shortened and without secrets of URLs; null = nothing worth showing */
    public static String shown(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (!(value instanceof CharSequence)) {
            return value == null ? null : "a " + value.getClass().getSimpleName();
        }
        String text = SignedUrl.masked(value.toString());
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private static Exact exact(Object value, String allowed) {
        return new Exact(value, allowed);
    }

    /** A number that is converted without loss. */
    private record Exact(Object value, String allowed) {

        <T> T map(java.util.function.Function<BigDecimal, T> type) {
            if (!(value instanceof Number) && !(value instanceof CharSequence)) {
                throw new IllegalArgumentException(allowed);
            }
            try {
                BigDecimal number = new BigDecimal(value.toString().strip());
                if (number.precision() - number.scale() > 20 || number.scale() > 400) {
                    // 1e999999999 must not be expanded to that many digits.
                    throw new IllegalArgumentException(allowed);
                }
                return type.apply(number);
            } catch (ArithmeticException | NumberFormatException e) {
                throw new IllegalArgumentException(allowed, e);
            }
        }
    }
}
