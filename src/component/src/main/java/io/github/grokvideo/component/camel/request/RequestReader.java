// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import io.github.grokvideo.component.camel.options.RequestConfiguration;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.job.VideoRequestBuilder;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Builds the request of a message: the options, overridden by the fields of the body, overridden by the headers. */
public final class RequestReader {

    private final VideoRequestBuilder request = VideoRequest.builder();
    private final List<Violation> violations = new ArrayList<>();
    private final MediaDirectories directories;

    private RequestReader(MediaDirectories directories) {
        this.directories = directories;
    }

    /**
     * @param directories whose files the message may name
     * @throws InvalidRequestException listing everything that is wrong with it
     */
    public static VideoRequest read(Exchange exchange, RequestConfiguration options, MediaDirectories directories) {
        return whole(exchange, options, directories).checked();
    }

    /**
     * Reads a request that is not complete yet: even an empty one, since the rules of its model say what is missing.
     *
     * @param  exchange whose text names no files
     * @throws InvalidRequestException listing everything that cannot be read
     */
    public static VideoRequest readDraft(Exchange exchange, RequestConfiguration options) {
        RequestReader reader = whole(exchange, options, MediaDirectories.NONE);
        return reader.readable(reader.request.build());
    }

    private static RequestReader whole(Exchange exchange, RequestConfiguration options, MediaDirectories directories) {
        RequestReader reader = new RequestReader(directories);
        for (RequestField field : RequestField.values()) {
            reader.apply(field, field.option(options), Media.LocalFile::new);
        }
        reader.body(exchange.getMessage().getBody(), exchange);
        Message message = exchange.getMessage();
        for (RequestField field : RequestField.values()) {
            reader.apply(field, message.getHeader(field.header()), reader.placesOfHeader(message, field.header()));
        }
        return reader;
    }

    /** @return the request in a body alone; its text must not name files, since no {@code mediaDirectories} apply */
    public static VideoRequest ofBody(Object body, Exchange exchange) {
        RequestReader reader = new RequestReader(MediaDirectories.NONE);
        reader.body(body, exchange);
        return reader.checked();
    }

    /**
     * Headers are set by the route. But header names are case-insensitive, and not every consumer filters external headers written in
     * another case: such a header is treated like text of the message.
     */
    private Function<Path, Media.LocalFile> placesOfHeader(Message message, String header) {
        return message.getHeaders().containsKey(header) && message.getHeaders().keySet().stream().noneMatch(header::equals)
                ? path -> directories.named(path, null) : Media.LocalFile::new;
    }

    private void body(Object body, Exchange exchange) {
        Map<String, Object> fields;
        try {
            fields = BodyReader.read(body, exchange, directories);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation("body", null, e.getMessage()));
            return;
        }
        // Paths in a request file are relative to that file, so that a folder of prompts can be moved as a whole.
        Path folder = BodyReader.folder(body);
        fields.forEach((name, value) -> RequestField.of(name).ifPresentOrElse(
                field -> apply(field, value, path -> directories.named(path, folder)),
                () -> violations.add(new Violation(name, null, RequestField.allowed(name)))));
    }

    private void apply(RequestField field, Object value, Function<Path, Media.LocalFile> named) {
        // Blank means not set: the value of the lower layer stays.
        if (value == null || value instanceof CharSequence text && text.toString().isBlank()) {
            return;
        }
        try {
            field.apply(request, switch (field) {
                case IMAGES -> MediaReader.images(value, named);
                case VIDEO, FIRST_FRAME, LAST_FRAME -> MediaReader.video(value, named);
                case KEYFRAMES -> KeyframeReader.read(value, named);
                default -> value;
            });
        } catch (IllegalArgumentException e) {
            violations.add(new Violation(field.fieldName(), FieldValue.shown(value), e.getMessage()));
        }
    }

    private VideoRequest checked() {
        VideoRequest read = request.build();
        if (violations.isEmpty() && read.prompt() == null && read.media().isEmpty() && read.voices().isEmpty()) {
            violations.add(new Violation("prompt", null, "is missing: the body is empty, and neither header nor option has a prompt,"
                    + " an image or a video"));
        }
        return readable(read);
    }

    private VideoRequest readable(VideoRequest read) {
        if (!violations.isEmpty()) {
            throw InvalidRequestException.of(null, read.model(), violations);
        }
        return read;
    }
}
