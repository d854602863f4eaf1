// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import io.github.grokvideo.simulator.gateway.Form;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads request bodies: JSON or multipart, up to {@value #MAX_BYTES} bytes. */
final class RequestBodyReader {

    /** Enough for media sent as data URIs, and for more than the largest upload that a gateway takes. */
    private static final int MAX_BYTES = 64 << 20;

    private RequestBodyReader() {
    }

    /**
     * Reads the body and passes it on; a multipart request has no body but a form (null otherwise).
     */
    static void read(HttpServerRequest request, BiConsumer<byte[], Form> then) {
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() + part.length() > MAX_BYTES) {
                request.handler(null);
                request.response().setStatusCode(413).putHeader("connection", "close").end();
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> {
            if (!request.response().ended()) {
                pass(request, body.getBytes(), then);
            }
        });
    }

    private static void pass(HttpServerRequest request, byte[] body, BiConsumer<byte[], Form> then) {
        String type = request.getHeader("content-type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            then.accept(body, null);
            return;
        }
        Optional<Form> form = MultipartForm.read(type, body);
        if (form.isPresent()) {
            then.accept(new byte[0], form.get());
        } else {
            request.response().setStatusCode(400).end("The body is not what its content type says");
        }
    }
}
