// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Instructions to the simulator in a prompt, in double square brackets: {@code [[fault:submit-429 times=2 retry-after=1]]},
 * {@code [[render=3s]]}, {@code [[queue=1s]]}, {@code [[size=600MB]]}. Immutable.
 */
public final class Directives {

    private static final Pattern DIRECTIVE = Pattern.compile("\\[\\[([^\\[\\]]*)]]");
    private static final Directives NONE = new Directives(List.of(), Map.of());

    private final List<Fault> faults;
    private final Map<String, String> settings;

    private Directives(List<Fault> faults, Map<String, String> settings) {
        this.faults = List.copyOf(faults);
        this.settings = Map.copyOf(settings);
    }

    /**
     * Reads the directives of a prompt.
     *
     * @throws IllegalArgumentException if a directive is invalid, since a misspelt fault must not look like a passed test
     */
    public static Directives of(String prompt) {
        if (prompt == null || !prompt.contains("[[")) {
            return NONE;
        }
        List<Fault> faults = new ArrayList<>();
        Map<String, String> settings = new HashMap<>();
        Matcher matcher = DIRECTIVE.matcher(prompt);
        while (matcher.find()) {
            String text = matcher.group(1).strip();
            if (text.startsWith("fault:")) {
                faults.add(fault(text.substring("fault:".length())));
            } else {
                settings.putAll(settings(text));
            }
        }
        return new Directives(faults, settings);
    }

    /** The prompt without directives. */
    public static String strip(String prompt) {
        return prompt == null ? "" : DIRECTIVE.matcher(prompt).replaceAll("").strip();
    }

    public List<Fault> faults() {
        return faults;
    }

    /** Time from acceptance to the finished video, if set in the prompt. */
    public Optional<Duration> renderTime() {
        return Optional.ofNullable(settings.get("render")).map(Quantities::duration);
    }

    /** Time in the queue before rendering starts, if the prompt says so. */
    public Optional<Duration> queueTime() {
        return Optional.ofNullable(settings.get("queue")).map(Quantities::duration);
    }

    /** Size of the video file in bytes, if the prompt says so. */
    public OptionalLong size() {
        String size = settings.get("size");
        return size == null ? OptionalLong.empty() : OptionalLong.of(Quantities.bytes(size));
    }

    private static Fault fault(String text) {
        String[] words = text.strip().split("\\s+");
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            options.putAll(pair(words[i]));
        }
        return fault(words[0], options);
    }

    /**
     * A fault from its name and its settings, of which {@code on}, {@code gateway}, {@code times} and {@code after} have a meaning of
     * their own.
     */
    public static Fault fault(String name, Map<String, String> settings) {
        Map<String, String> options = new HashMap<>(settings);
        FaultKind kind = FaultKind.of(name, options.remove("on"));
        String gateway = options.remove("gateway");
        int times = Integer.parseInt(options.getOrDefault("times", "1"));
        int after = Integer.parseInt(options.getOrDefault("after", "0"));
        options.remove("times");
        options.remove("after");
        return new Fault(kind, gateway, times, after, options);
    }

    private static Map<String, String> settings(String text) {
        Map<String, String> found = new HashMap<>();
        for (String word : text.split("\\s+")) {
            Map<String, String> setting = pair(word);
            String key = setting.keySet().iterator().next();
            switch (key) {
                case "size" -> Quantities.bytes(setting.get(key));
                case "render", "queue" -> Quantities.duration(setting.get(key));
                default -> throw new IllegalArgumentException("unknown setting '" + key + "', known are render, queue, size");
            }
            found.putAll(setting);
        }
        return found;
    }

    private static Map<String, String> pair(String word) {
        int equals = word.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("'" + word + "' is not a setting such as times=2");
        }
        return Map.of(word.substring(0, equals), word.substring(equals + 1));
    }
}
