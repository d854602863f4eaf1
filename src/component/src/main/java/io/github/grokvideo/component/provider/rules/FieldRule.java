// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Keyframe;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.ResultStorage;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.ModelOffer;

/**
 * Rule for one field of a request: its allowed values, and how the gateway spells it.
 *
 * @param name     the user's name, as in {@link io.github.grokvideo.component.job.VideoRequest#given()}
 * @param wire     its path in the JSON, with dots for nested objects; {@code ?name} = a query parameter; null = in neither
 * @param aliases  the gateway's other names for the field, which must not be sent as well
 * @param required whether it must be given
 * @param allowed  the allowed values, as text for messages
 * @param test     whether a given value is allowed; media are also checked one by one against {@code forms}
 * @param forms    accepted forms of media, preferred form first; empty for other fields
 * @param spelling converts the value to the gateway's JSON
 * @param choices  the allowed values, for forms; empty = they cannot be listed
 */
public record FieldRule(
        String name, String wire, List<String> aliases, boolean required, String allowed, Predicate<Object> test,
        Set<MediaForm> forms, Function<Object, JsonNode> spelling, List<String> choices) {

    private static final String QUERY = "?";
    /** Longer ranges are typed rather than chosen. */
    private static final int MOST_CHOICES = 60;

    /** Any text that is not blank. */
    public static FieldRule text(String name) {
        return rule(name, "text", value -> true);
    }

    /** @param longest in characters (code points) */
    public static FieldRule text(String name, int longest) {
        return rule(name, "text of at most " + longest + " characters", value -> {
            String text = (String) value;
            return text.codePointCount(0, text.length()) <= longest;
        });
    }

    public static FieldRule seconds(String name, int min, int max) {
        return rule(name, min + " to " + max + " seconds", value -> (Integer) value >= min && (Integer) value <= max)
                .choose(max - min > MOST_CHOICES ? IntStream.empty().boxed() : IntStream.rangeClosed(min, max).boxed());
    }

    /** Whole seconds, 1 or more. */
    public static FieldRule seconds(String name) {
        return rule(name, "whole seconds, 1 or more", value -> (Integer) value >= 1);
    }

    /** A whole number, 0 or more. */
    public static FieldRule natural(String name) {
        return rule(name, "a whole number, 0 or more", value -> ((Number) value).longValue() >= 0);
    }

    /** A number from 0 to 1. */
    public static FieldRule fraction(String name) {
        return rule(name, "a number from 0 to 1", value -> (Double) value >= 0 && (Double) value <= 1);
    }

    public static FieldRule flag(String name) {
        return rule(name, "true or false", value -> true).choose(Stream.of(true, false));
    }

    public static FieldRule oneOf(String name, Object... values) {
        String allowed = values.length == 1 ? values[0].toString()
                : "one of " + Arrays.stream(values).map(Object::toString).collect(Collectors.joining(", "));
        return rule(name, allowed, Set.of(values)::contains).choose(Arrays.stream(values));
    }

    /** An aspect ratio, for gateways that do not document a list. */
    public static FieldRule ratio(String name) {
        return rule(name, "width:height such as 16:9, or auto", value -> ((String) value).matches("auto|[1-9]\\d{0,3}:[1-9]\\d{0,3}"));
    }

    /** @param schemes for example {@code https} */
    public static FieldRule url(String name, String... schemes) {
        return rule(name, "a URL that starts with " + String.join(":// or ", schemes) + "://",
                value -> Arrays.stream(schemes).anyMatch(scheme -> MediaCheck.isUrl((String) value, scheme)));
    }

    /** Between {@code min} and {@code max} images. */
    public static FieldRule images(int min, int max, MediaForm... forms) {
        String count = min == max ? "exactly " + min : "at most " + max;
        return rule("images", count + (max == 1 ? " image" : " images"), value -> {
            int size = ((Collection<?>) value).size();
            return size >= min && size <= max;
        }).in(forms);
    }

    /** One image. */
    public static FieldRule image(String name, MediaForm... forms) {
        return rule(name, "an image", value -> true).in(forms);
    }

    /** @param max how many */
    public static FieldRule keyframes(int max, MediaForm... forms) {
        return rule(VideoRequest.KEYFRAMES, "at most " + max + " keyframes", value -> ((Collection<?>) value).size() <= max).in(forms);
    }

    /** @param max how many */
    public static FieldRule texts(String name, int max) {
        return rule(name, "at most " + max + " " + name + ", not blank", value -> ((Collection<?>) value).size() <= max
                && ((Collection<?>) value).stream().noneMatch(one -> one.toString().isBlank()));
    }

    /** @param least of {@code expiresAfter}, in seconds
     *  @param most  of {@code expiresAfter}, in seconds */
    public static FieldRule storage(int least, int most) {
        return rule("storage", "a file name, and expiresAfter of " + least + " to " + most + " seconds if it is given", value -> {
            ResultStorage storage = (ResultStorage) value;
            return !storage.fileName().isBlank() && (storage.expiresAfter() == null
                    || storage.expiresAfter() >= least && storage.expiresAfter() <= most);
        });
    }

    public static FieldRule video(MediaForm... forms) {
        return rule("video", "a video", value -> true).in(forms);
    }

    private static FieldRule rule(String name, String allowed, Predicate<Object> test) {
        return new FieldRule(name, name, List.of(), false, allowed, test, Set.of(), Spelling::plain, List.of());
    }

    private FieldRule in(MediaForm... media) {
        return new FieldRule(name, wire, aliases, required, allowed, test, new LinkedHashSet<>(List.of(media)), spelling, choices);
    }

    private FieldRule choose(Stream<?> values) {
        return new FieldRule(name, wire, aliases, required, allowed, test, forms, spelling, values.map(Object::toString).toList());
    }

    public FieldRule mandatory() {
        return new FieldRule(name, wire, aliases, true, allowed, test, forms, spelling, choices);
    }

    /** @param spelled the gateway's name, with dots for nested objects */
    public FieldRule as(String spelled) {
        return new FieldRule(name, spelled, aliases, required, allowed, test, forms, spelling, choices);
    }

    /** @param how converts the value, whose type is that in {@code given()} */
    public FieldRule as(String spelled, Function<Object, JsonNode> how) {
        return new FieldRule(name, spelled, aliases, required, allowed, test, forms, how, choices);
    }

    /** The value is not sent; it only serves the estimate. */
    public FieldRule unsent() {
        return as(null);
    }

    /** The value becomes a query parameter. */
    public FieldRule inQuery(String parameter) {
        return as(QUERY + parameter);
    }

    boolean isInBody() {
        return wire != null && !wire.startsWith(QUERY);
    }

    /** @return null = not a query parameter */
    String parameter() {
        return wire != null && wire.startsWith(QUERY) ? wire.substring(QUERY.length()) : null;
    }

    /** The value goes into the path instead of the body. */
    public FieldRule inPath() {
        return as(null);
    }

    public FieldRule alias(String... others) {
        return new FieldRule(name, wire, List.of(others), required, allowed, test, forms, spelling, choices);
    }

    /** @param condition appended to the text of allowed values */
    public FieldRule and(String condition, Predicate<Object> further) {
        return new FieldRule(name, wire, aliases, required, allowed + ", " + condition, test.and(further), forms, spelling, choices);
    }

    /** Adds a violation for each way in which the value breaks this rule. */
    void validate(Object value, Collection<Violation> violations) {
        if (value instanceof CharSequence text && text.toString().isBlank()) {
            violations.add(new Violation(name, "blank", allowed));
            return;
        }
        if (!test.test(value)) {
            violations.add(new Violation(name, Shown.value(name, value), allowed));
        }
        if (!forms.isEmpty()) {
            for (Object medium : value instanceof Collection<?> many ? many : List.of(value)) {
                Media media = medium instanceof Keyframe frame ? frame.image() : (Media) medium;
                MediaCheck.validate(name, media, EnumSet.copyOf(forms)).ifPresent(violations::add);
            }
        }
    }

    /** @return this rule for a form */
    ModelOffer.Field offer() {
        return new ModelOffer.Field(name, required, forms.isEmpty() ? allowed : allowed + ", " + MediaCheck.describe(forms), choices);
    }

    String missing() {
        return "is required: " + allowed + (forms.isEmpty() ? "" : ", " + MediaCheck.describe(forms));
    }
}
