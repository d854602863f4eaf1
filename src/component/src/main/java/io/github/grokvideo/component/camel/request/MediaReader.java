// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import io.github.grokvideo.component.job.Media;
import org.apache.camel.WrappedFile;

/** Reads the media of a request from texts, files, bytes or maps. */
public final class MediaReader {

    private static final String ALLOWED = "must be text (URL, data URI, path, file_id:<id>, job:<id>, task:<id>), a File, bytes or"
            + " {url: ...}, {path: ...} or {file_id: ...}";
    /** A comma may be part of a URL: a list is split only where another medium begins. */
    private static final Pattern NEXT = Pattern.compile("\\s*,\\s*(?=https?://|data:|file:|file_id:|job:|task:)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WITH_URL = Pattern.compile("https?://|data:", Pattern.CASE_INSENSITIVE);

    private MediaReader() {
    }

    public static List<Media> images(Object value) {
        return images(value, Media.LocalFile::new);
    }

    static Media video(Object value) {
        return video(value, Media.LocalFile::new);
    }

    /** @param named converts paths in text to files */
    public static List<Media> images(Object value, Function<Path, Media.LocalFile> named) {
        List<Media> images = new ArrayList<>();
        for (Object one : elements(value)) {
            images.add(video(one, named));
        }
        return images;
    }

    /** @param named converts paths in text to files */
    static Media video(Object value, Function<Path, Media.LocalFile> named) {
        Media media = one(value);
        boolean byText = value instanceof CharSequence || value instanceof Map;
        return byText && media instanceof Media.LocalFile file ? named.apply(file.path()) : media;
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
