// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import io.github.grokvideo.simulator.gateway.Form;
import io.github.grokvideo.simulator.gateway.Upload;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;

/** Reads request bodies: JSON up to {@value #MAX_BYTES} bytes, uploads of any size, which are only counted. */
final class RequestBodyReader {

    /** Enough for media sent as data URIs. */
    private static final int MAX_BYTES = 64 << 20;

    /** So much of a multipart request is searched for the order of its parts. */
    private static final int HEAD_BYTES = 1 << 16;

    private RequestBodyReader() {
    }

    /**
     * Reads the body and passes it on; a multipart request has no body but a form (null otherwise).
     */
    static void read(HttpServerRequest request, BiConsumer<byte[], Form> then) {
        String type = request.getHeader("content-type");
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            form(request, then);
        } else {
            json(request, then);
        }
    }

    private static void json(HttpServerRequest request, BiConsumer<byte[], Form> then) {
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

    private static void form(HttpServerRequest request, BiConsumer<byte[], Form> then) {
        AtomicReference<HttpServerFileUpload> file = new AtomicReference<>();
        AtomicLong size = new AtomicLong();
        Buffer head = Buffer.buffer();
        request.setExpectMultipart(true);
        request.uploadHandler(upload -> {
            file.compareAndSet(null, upload);
            upload.handler(part -> size.addAndGet(part.length()));
        });
        request.handler(part -> {
            if (head.length() < HEAD_BYTES) {
                head.appendBuffer(part);
            }
        });
        request.endHandler(end -> {
            HttpServerFileUpload first = file.get();
            Map<String, List<String>> fields = new LinkedHashMap<>();
            request.formAttributes().forEach((name, value) -> fields.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
            Upload upload = first == null ? null : new Upload(first.name(), first.filename(), first.contentType(), size.get());
            then.accept(new byte[0], new Form(fields, upload, beforeFile(head.toString(StandardCharsets.ISO_8859_1), fields.keySet())));
        });
    }

    /** Which of the fields were sent before the first file. */
    private static Set<String> beforeFile(String head, Set<String> fields) {
        int file = head.indexOf("filename=");
        String before = file < 0 ? head : head.substring(0, file);
        return fields.stream().filter(name -> before.contains("name=\"" + name + "\"") || before.contains("name=" + name + "\r"))
                .collect(Collectors.toUnmodifiableSet());
    }
}
