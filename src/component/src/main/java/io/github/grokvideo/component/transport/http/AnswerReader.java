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
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

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
        ShortTexts body = new ShortTexts(LONGEST_BODY);
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            try {
                if (!copy(entity.getContent(), body)) {
                    whenCut.run();
                }
            } catch (IOException e) {
                whenCut.run();
                if (response.getCode() < 300) {
                    throw new CutAnswerException(answer(response, body), e);
                }
            }
        }
        return answer(response, body);
    }

    private static HttpAnswer answer(ClassicHttpResponse response, ShortTexts body) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName(), header.getValue());
        }
        return new HttpAnswer(response.getCode(), headers, body.toString(charset(response.getEntity())));
    }

    /** @return whether the body was read to its end */
    private static boolean copy(InputStream in, ShortTexts body) throws IOException {
        if (in == null) {
            return true;
        }
        byte[] buffer = new byte[BUFFER];
        long read = 0;
        int count;
        while ((count = in.read(buffer)) >= 0) {
            read += count;
            if (!body.add(buffer, count) || read > LONGEST_READ) {
                return false;
            }
        }
        return true;
    }

    private static Charset charset(HttpEntity entity) {
        ContentType type = entity == null ? null : ContentType.parseLenient(entity.getContentType());
        return type == null || type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
    }
}
