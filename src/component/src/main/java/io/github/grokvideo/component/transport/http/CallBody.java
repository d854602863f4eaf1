// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.HttpCall;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** Converts a call's body to an HTTP entity. Files are streamed. */
final class CallBody {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ContentType TEXT = ContentType.TEXT_PLAIN.withCharset(StandardCharsets.UTF_8);

    private CallBody() {
    }

    /** @throws IOException if a local file cannot be read; nothing was sent */
    static HttpEntity of(HttpCall.Body body) throws IOException {
        if (body instanceof HttpCall.Json json) {
            return new Once(new ByteArrayEntity(bytes(json), ContentType.create("application/json")));
        }
        if (body instanceof HttpCall.FileBytes file) {
            return new Once(bytes(file));
        }
        return new Once(multipart((HttpCall.Multipart) body));
    }

    private static byte[] bytes(HttpCall.Json json) throws JsonProcessingException {
        return JSON.writeValueAsBytes(json.content());
    }

    private static HttpEntity bytes(HttpCall.FileBytes file) throws IOException {
        ContentType type = ContentType.parse(file.contentType());
        if (file.content() instanceof Media.LocalFile local) {
            return new FileEntity(LocalFileBody.of(local, type, null));
        }
        if (file.content() instanceof Media.Bytes bytes) {
            return new ByteArrayEntity(bytes.content(), type);
        }
        throw new IOException("Only a file or bytes can be uploaded, not " + file.content());
    }

    private static HttpEntity multipart(HttpCall.Multipart body) throws IOException {
        // As browsers do: names in plain UTF-8, which the other modes percent-encode.
        MultipartEntityBuilder builder = MultipartEntityBuilder.create().setMode(HttpMultipartMode.LEGACY)
                .setCharset(StandardCharsets.UTF_8);
        body.fields().forEach((name, value) -> builder.addTextBody(name, value, TEXT));
        HttpCall.FilePart file = body.file();
        ContentType type = ContentType.parse(file.contentType());
        if (file.content() instanceof Media.LocalFile local) {
            builder.addPart(file.name(), LocalFileBody.of(local, type, file.fileName()));
        } else if (file.content() instanceof Media.Bytes bytes) {
            builder.addBinaryBody(file.name(), bytes.content(), type, file.fileName());
        } else {
            throw new IOException("Only a file or bytes can be uploaded, not " + file.content());
        }
        return builder.build();
    }

    /** Marks the request as not repeatable, and refuses to be written twice in case a handler ignores that. */
    private static final class Once extends HttpEntityWrapper {

        private boolean written;

        Once(HttpEntity body) {
            super(body);
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            if (written) {
                throw new IOException("Not sent a second time");
            }
            written = true;
            super.writeTo(out);
        }
    }
}
