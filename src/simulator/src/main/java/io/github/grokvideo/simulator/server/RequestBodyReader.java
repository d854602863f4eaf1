// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import io.github.grokvideo.simulator.gateway.Upload;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;

/** Reads request bodies: JSON up to {@value #MAX_BYTES} bytes, uploads of any size, which are only counted. */
final class RequestBodyReader {

    /** Enough for media sent as data URIs. */
    private static final int MAX_BYTES = 64 << 20;

    private RequestBodyReader() {
    }

    /**
     * Reads the body and passes it on with the file of a multipart request (null if there is none).
     */
    static void read(HttpServerRequest request, BiConsumer<byte[], Upload> then) {
        String type = request.getHeader("content-type");
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            upload(request, then);
        } else {
            json(request, then);
        }
    }

    private static void json(HttpServerRequest request, BiConsumer<byte[], Upload> then) {
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
                then.accept(body.getBytes(), null);
            }
        });
    }

    private static void upload(HttpServerRequest request, BiConsumer<byte[], Upload> then) {
        AtomicReference<HttpServerFileUpload> file = new AtomicReference<>();
        AtomicLong size = new AtomicLong();
        request.setExpectMultipart(true);
        request.uploadHandler(upload -> {
            file.compareAndSet(null, upload);
            upload.handler(part -> size.addAndGet(part.length()));
        });
        request.endHandler(end -> {
            HttpServerFileUpload first = file.get();
            then.accept(new byte[0], first == null ? null
                    : new Upload(first.name(), first.filename(), first.contentType(), size.get()));
        });
    }
}
