// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.provider.ModelOffer;

/**
 * What a model accepts in one mode.
 *
 * @param mode           the mode
 * @param path           path of the POST; {@code {video}} stands for the task id of the source video
 * @param constants      fixed values in the body of this mode, by wire name
 * @param fields         rules of the fields, in the order in which they are written and shown
 * @param price          of a valid request
 * @param defaultSeconds duration added to a request without one; null = none, the gateway has a default
 * @param checks         rules between several fields
 * @param warnings       what is allowed but has no effect, or may be refused
 */
public record ModeRules(
        Mode mode, String path, Map<String, String> constants, List<FieldRule> fields, Price price, Integer defaultSeconds,
        List<RequestCheck> checks, List<RequestCheck> warnings) {

    public static ModeRules of(Mode mode, String path, FieldRule... fields) {
        return new ModeRules(mode, path, Map.of(), List.of(fields), Price.UNKNOWN, null, List.of(), List.of());
    }

    public ModeRules says(String wire, String value) {
        Map<String, String> more = new LinkedHashMap<>(constants);
        more.put(wire, value);
        return new ModeRules(mode, path, more, fields, price, defaultSeconds, checks, warnings);
    }

    public ModeRules costs(Price value) {
        return new ModeRules(mode, path, constants, fields, value, defaultSeconds, checks, warnings);
    }

    /** @param seconds duration added to a request without one, for gateways that require it */
    public ModeRules lasts(int seconds) {
        return new ModeRules(mode, path, constants, fields, price, seconds, checks, warnings);
    }

    /** @param further a rule between several fields */
    public ModeRules checks(RequestCheck... further) {
        return new ModeRules(mode, path, constants, fields, price, defaultSeconds, joined(checks, further), warnings);
    }

    /** @param further what is allowed but has no effect, or may be refused */
    public ModeRules warns(RequestCheck... further) {
        return new ModeRules(mode, path, constants, fields, price, defaultSeconds, checks, joined(warnings, further));
    }

    private static List<RequestCheck> joined(List<RequestCheck> known, RequestCheck... further) {
        return Stream.concat(known.stream(), Stream.of(further)).toList();
    }

    Optional<FieldRule> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    boolean takes(String name) {
        return field(name).isPresent();
    }

    boolean needs(String name) {
        return field(name).filter(FieldRule::required).isPresent();
    }

    /** A field whose forms have two rules is shown once. */
    ModelOffer.ModeOffer offer() {
        Map<String, ModelOffer.Field> offered = new LinkedHashMap<>();
        fields.forEach(field -> offered.putIfAbsent(field.name(), field.offer()));
        return new ModelOffer.ModeOffer(mode, List.copyOf(offered.values()));
    }

    String fieldNames() {
        return fields.stream().map(FieldRule::name).distinct().collect(Collectors.joining(", "));
    }
}
