// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.openai;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Resolution and aspect ratio, for APIs that have a width and a height in pixels instead. Pure.
 *
 * @param resolution {@code 480p}, {@code 720p} or {@code 1080p}
 * @param ratio      such as {@code 16:9}
 */
public record PictureSize(String resolution, String ratio) {

    /** Pixels by resolution and ratio, such as {@code 1280x720} of {@code 720p 16:9}. */
    public static final Map<String, String> PIXELS = Map.ofEntries(
            Map.entry("480p 16:9", "848x480"), Map.entry("480p 9:16", "480x848"), Map.entry("480p 1:1", "640x640"),
            Map.entry("480p 4:3", "736x544"), Map.entry("480p 3:4", "544x736"), Map.entry("480p 3:2", "784x528"),
            Map.entry("480p 2:3", "528x784"),
            Map.entry("720p 16:9", "1280x720"), Map.entry("720p 9:16", "720x1280"), Map.entry("720p 1:1", "1024x1024"),
            Map.entry("720p 4:3", "1104x832"), Map.entry("720p 3:4", "832x1104"), Map.entry("720p 3:2", "1168x784"),
            Map.entry("720p 2:3", "784x1168"),
            Map.entry("1080p 16:9", "1920x1080"), Map.entry("1080p 9:16", "1080x1920"));

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{1,3})x([1-9]\\d{1,3})");
    /** How far a size may be from one that is known, as a factor: encoders round sides, and 1792x1024 stands for 1080p. */
    private static final double RATIO_TOLERANCE = Math.log(1.03);
    private static final double AREA_TOLERANCE = Math.log(1.4);

    /**
     * Finds the resolution and ratio that are meant by a size.
     *
     * @param  text width, {@code x} and height in pixels
     * @return      those whose size comes closest; empty = it is near none, or is not a size
     */
    public static Optional<PictureSize> of(String text) {
        if (!SIZE.matcher(text).matches()) {
            return Optional.empty();
        }
        return PIXELS.entrySet().stream()
                .filter(known -> distance(known.getValue(), text, PictureSize::ratio) <= RATIO_TOLERANCE)
                .filter(known -> distance(known.getValue(), text, PictureSize::area) <= AREA_TOLERANCE)
                .min(Comparator.comparingDouble((Map.Entry<String, String> known) -> distance(known.getValue(), text, PictureSize::area))
                        .thenComparing(Map.Entry::getKey))
                .map(known -> known.getKey().split(" ")).map(names -> new PictureSize(names[0], names[1]));
    }

    /** @return width, {@code x} and height in pixels; empty = it is not one of {@link #PIXELS} */
    public Optional<String> pixels() {
        return Optional.ofNullable(PIXELS.get(resolution + " " + ratio));
    }

    private static double distance(String known, String size, ToDoubleFunction<double[]> measure) {
        return Math.abs(Math.log(measure.applyAsDouble(sides(size)) / measure.applyAsDouble(sides(known))));
    }

    private static double[] sides(String size) {
        Matcher sides = SIZE.matcher(size);
        if (!sides.matches()) {
            throw new IllegalArgumentException("Not a size: " + size);
        }
        return Stream.of(sides.group(1), sides.group(2)).mapToDouble(Double::parseDouble).toArray();
    }

    private static double ratio(double[] sides) {
        return sides[0] / sides[1];
    }

    private static double area(double[] sides) {
        return sides[0] * sides[1];
    }
}
