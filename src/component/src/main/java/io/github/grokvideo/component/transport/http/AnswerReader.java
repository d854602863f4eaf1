// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import io.github.grokvideo.component.provider.HttpAnswer;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpResponse;

/** Reads a gateway's response without trusting its length, its charset, or that it ends. */
final class AnswerReader {

    /** Bytes that are kept. Responses have a few KiB; longer ones must not fill the heap. */
    static final int LONGEST_BODY = 1 << 20;
    /** Bytes that are read, of which long strings are dropped: some JSON responses repeat the images of the request. */
    static final int LONGEST_READ = 64 << 20;
    private static final int BUFFER = 8192;

    private AnswerReader() {
    }

    /**
     * @param  whenCut            aborts the connection if the response is not read to its end, since closing it would read the rest
     * @throws CutAnswerException if a success is truncated; with any other status the rest does not matter
     */
    static HttpAnswer read(ClassicHttpResponse response, Runnable whenCut) throws CutAnswerException {
        Body body = new Body();
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            try {
                if (!copy(entity.getContent(), body)) {
                    whenCut.run();
                }
            } catch (IOException e) {
                whenCut.run();
                if (response.getCode() < 300) {
                    throw new CutAnswerException(answer(response, entity, body), e);
                }
            }
        }
        return answer(response, entity, body);
    }

    /** @param entity null = none */
    static HttpAnswer answer(HttpResponse response, EntityDetails entity, Body body) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName(), header.getValue());
        }
        return new HttpAnswer(response.getCode(), headers, body.toString(charset(entity)));
    }

    /** @return whether the body was read to its end */
    static boolean copy(InputStream in, Body body) throws IOException {
        if (in == null) {
            return true;
        }
        byte[] buffer = new byte[BUFFER];
        int count;
        while ((count = in.read(buffer)) >= 0) {
            if (!body.add(buffer, count)) {
                return false;
            }
        }
        return true;
    }

    private static Charset charset(EntityDetails entity) {
        ContentType type = entity == null ? null : ContentType.parseLenient(entity.getContentType());
        return type == null || type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
    }

    /** What is kept of a body. */
    static final class Body {

        private final ShortTexts texts = new ShortTexts(LONGEST_BODY);
        private long read;

        /** @return false = nothing more is to be read */
        boolean add(byte[] bytes, int count) {
            read += count;
            return texts.add(bytes, count) && read <= LONGEST_READ;
        }

        String toString(Charset charset) {
            return texts.toString(charset);
        }
    }
}
