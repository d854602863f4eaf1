// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.fault;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One thing that goes wrong, a number of times. Immutable.
 *
 * @param gateway the only gateway affected; null for every gateway
 * @param times   how many requests (or, for {@link FaultStage#JOB}, jobs) are affected; 0 or less for all
 * @param after   how many matching requests are unaffected first
 * @param options further settings by name: {@code retry-after} (seconds), {@code delay}, {@code bytes}, {@code rate} (bytes a second),
 *                {@code to}, {@code message}, {@code code}, {@code variant}, {@code created}, {@code fresh}, {@code word}, {@code model},
 *                {@code field}, {@code age}
 */
public record Fault(FaultKind kind, String gateway, int times, int after, Map<String, String> options) {

    public Fault {
        options = Map.copyOf(options);
    }

    /** A fault by its documented name, once, at every gateway. */
    public static Fault of(String kind) {
        return of(FaultKind.of(kind, null));
    }

    /** A fault, once, at every gateway. */
    public static Fault of(FaultKind kind) {
        return new Fault(kind, null, 1, 0, Map.of());
    }

    /** The same fault at one gateway only, by its name. */
    public Fault at(String onlyThere) {
        return new Fault(kind, onlyThere, times, after, options);
    }

    /** The same fault for that many requests; 0 or less for all. */
    public Fault times(int count) {
        return new Fault(kind, gateway, count, after, options);
    }

    /** The same fault after that many unaffected requests. */
    public Fault after(int count) {
        return new Fault(kind, gateway, times, count, options);
    }

    /** The same fault with a further setting. */
    public Fault with(String option, Object value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(option, String.valueOf(value));
        return new Fault(kind, gateway, times, after, more);
    }

    /** A setting, or the given default. */
    public String option(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }

    /** A setting in bytes, such as {@code 600MB}. */
    public OptionalLong bytes(String name) {
        String value = options.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(Quantities.bytes(value));
    }

    /** A time setting, in milliseconds. */
    public long millis(String name, String otherwise) {
        return Quantities.duration(option(name, otherwise)).toMillis();
    }

    /** Whether a submit with this fault creates and charges a job nevertheless. */
    public boolean creates() {
        return Boolean.parseBoolean(option("created", String.valueOf(kind.creates())));
    }
}
