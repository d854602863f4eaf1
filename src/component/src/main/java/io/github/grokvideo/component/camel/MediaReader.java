package io.github.grokvideo.component.camel;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import io.github.grokvideo.component.job.Media;
import org.apache.camel.WrappedFile;

/** Reads the media of a request from whatever users have at hand. */
final class MediaReader {

    private static final String ALLOWED = "must be a text (URL, data URI, path, file_id:<id>, job:<id>, task:<id>), a File, bytes or"
            + " {url: ...}, {path: ...} or {file_id: ...}";
    /** A comma inside a URL is part of it: a list goes on only where another medium begins. */
    private static final Pattern NEXT = Pattern.compile("\\s*,\\s*(?=https?://|data:|file:|file_id:|job:|task:)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WITH_URL = Pattern.compile("https?://|data:", Pattern.CASE_INSENSITIVE);

    private MediaReader() {
    }

    static List<Media> images(Object value) {
        List<Media> images = new ArrayList<>();
        for (Object one : elements(value)) {
            images.add(one(one));
        }
        return images;
    }

    static Media video(Object value) {
        return one(value);
    }

    /** A request in a file names local media as they lie from there, so that a folder of prompts can be moved as a whole. */
    static Map<String, Object> besideFile(Map<String, Object> fields, Path folder) {
        Map<String, Object> resolved = new LinkedHashMap<>(fields);
        try {
            resolved.computeIfPresent("images", (name, value) -> images(value).stream().map(one -> beside(one, folder)).toList());
            resolved.computeIfPresent("video", (name, value) -> beside(video(value), folder));
            return resolved;
        } catch (IllegalArgumentException e) {
            // Said with the field's name where the fields are applied.
            return fields;
        }
    }

    private static Media beside(Media media, Path folder) {
        return media instanceof Media.LocalFile file ? new Media.LocalFile(folder.resolve(file.path()).normalize()) : media;
    }

    private static Collection<?> elements(Object value) {
        if (value instanceof Collection<?> many) {
            return many;
        }
        if (value instanceof Object[] many) {
            return Arrays.asList(many);
        }
        if (value instanceof CharSequence) {
            String text = value.toString();
            Pattern comma = WITH_URL.matcher(text).find() ? NEXT : Pattern.compile(",");
            return comma.splitAsStream(text).map(String::strip).filter(part -> !part.isEmpty()).toList();
        }
        return List.of(value);
    }

    private static Media one(Object value) {
        if (value instanceof Media media) {
            return media;
        }
        if (value instanceof CharSequence && !value.toString().isBlank()) {
            return Media.of(value.toString());
        }
        if (value instanceof File file) {
            return new Media.LocalFile(file.toPath());
        }
        if (value instanceof Path path) {
            return new Media.LocalFile(path);
        }
        if (value instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file) {
            return new Media.LocalFile(file.toPath());
        }
        if (value instanceof byte[] bytes && bytes.length > 0) {
            return new Media.Bytes(bytes, null);
        }
        if (value instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            if (only.getValue() instanceof CharSequence && !only.getValue().toString().isBlank()) {
                String text = only.getValue().toString().strip();
                if ("url".equals(only.getKey())) {
                    return new Media.Url(text);
                }
                if ("file_id".equals(only.getKey())) {
                    return new Media.GatewayFile(text);
                }
                if ("path".equals(only.getKey())) {
                    return new Media.LocalFile(Path.of(text));
                }
            }
        }
        throw new IllegalArgumentException(ALLOWED);
    }
}
