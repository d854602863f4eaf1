// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import io.github.grokvideo.component.job.Keyframe;
import io.github.grokvideo.component.job.Media;

/** Reads keyframes from text, lists or maps. */
final class KeyframeReader {

    private static final String ALLOWED =
            "must be <image>@<seconds>, separated by commas, or a list of {\"image\": ..., \"at\": seconds}";
    private static final Pattern AT = Pattern.compile("(.+)@(\\d{1,4}(?:\\.\\d{1,9})?)\\s*", Pattern.DOTALL);
    /** A comma may be part of a URL: a list is split only after a time. */
    private static final Pattern NEXT = Pattern.compile("(?<=@\\d{1,4}(?:\\.\\d{1,9})?)\\s*,\\s*");

    private KeyframeReader() {
    }

    /**
     * @param  named converts paths in text to files
     * @throws IllegalArgumentException saying what would be accepted
     */
    static List<Keyframe> read(Object value, Function<Path, Media.LocalFile> named) {
        List<Keyframe> frames = new ArrayList<>();
        for (Object one : elements(value)) {
            frames.add(one(one, named));
        }
        return frames;
    }

    private static Collection<?> elements(Object value) {
        if (value instanceof Collection<?> many) {
            return many;
        }
        return value instanceof CharSequence text ? NEXT.splitAsStream(text.toString().strip()).filter(part -> !part.isBlank()).toList()
                : List.of(value);
    }

    private static Keyframe one(Object value, Function<Path, Media.LocalFile> named) {
        if (value instanceof Keyframe frame) {
            return frame;
        }
        if (value instanceof Map<?, ?> map && map.size() == 2 && map.get("image") != null && map.get("at") != null) {
            return new Keyframe(MediaReader.video(map.get("image"), named), FieldValue.number(map.get("at")));
        }
        if (value instanceof CharSequence text) {
            Matcher parts = AT.matcher(text.toString().strip());
            if (parts.matches()) {
                return new Keyframe(MediaReader.video(parts.group(1).strip(), named), Double.parseDouble(parts.group(2)));
            }
        }
        throw new IllegalArgumentException(ALLOWED);
    }
}
