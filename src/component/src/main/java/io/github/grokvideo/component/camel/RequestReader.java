package io.github.grokvideo.component.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.job.InvalidRequestException;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.job.Violation;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Makes the request of a message: options, over them the fields of the body, over them the headers. */
final class RequestReader {

    private final VideoRequest.Builder request = VideoRequest.builder();
    private final List<Violation> violations = new ArrayList<>();

    private RequestReader() {
    }

    /**
     * @throws InvalidRequestException naming everything that is wrong with it
     */
    static VideoRequest read(Exchange exchange, RequestConfiguration options) {
        RequestReader reader = new RequestReader();
        for (RequestField field : RequestField.values()) {
            reader.apply(field, field.option(options));
        }
        reader.body(exchange.getMessage().getBody(), exchange);
        Message message = exchange.getMessage();
        for (RequestField field : RequestField.values()) {
            reader.apply(field, message.getHeader(field.header()));
        }
        return reader.checked();
    }

    /** @return what a body alone asks for */
    static VideoRequest ofBody(Object body, Exchange exchange) {
        RequestReader reader = new RequestReader();
        reader.body(body, exchange);
        return reader.checked();
    }

    private void body(Object body, Exchange exchange) {
        Map<String, Object> fields;
        try {
            fields = BodyReader.read(body, exchange);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation("body", null, e.getMessage()));
            return;
        }
        fields.forEach((name, value) -> RequestField.of(name).ifPresentOrElse(
                field -> apply(field, value), () -> violations.add(new Violation(name, null, RequestField.allowed(name)))));
    }

    private void apply(RequestField field, Object value) {
        // Blank is not given: it leaves the value of the layer below.
        if (value == null || value instanceof CharSequence text && text.toString().isBlank()) {
            return;
        }
        try {
            field.apply(request, value);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation(field.fieldName(), FieldValue.shown(value), e.getMessage()));
        }
    }

    private VideoRequest checked() {
        VideoRequest read = request.build();
        if (violations.isEmpty() && read.prompt() == null && read.images().isEmpty() && read.video() == null) {
            violations.add(new Violation("prompt", null, "is missing: the body is empty, and neither header nor option has a prompt,"
                    + " an image or a video"));
        }
        if (!violations.isEmpty()) {
            throw InvalidRequestException.of(null, read.model(), violations);
        }
        return read;
    }
}
