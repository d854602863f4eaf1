// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Answers an HTTP request with the video that {@code await} has put into the body as a file: whole, or the part that the header
 * {@code Range} asks for (RFC 9110: one range; more are answered with the whole). The SHA-256 of the video is its ETag, for
 * {@code If-None-Match} and {@code If-Range}. Removes all other headers, since the consumer would send them. It must be the last step: a
 * later one could read the part. A body that is not a file is left as it is. Thread-safe.
 */
public final class VideoContent implements Processor {

    private static final int PARTIAL = 206;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_SATISFIABLE = 416;

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        String sha256 = message.getHeader(GrokVideoConstants.SHA256, String.class);
        String tag = sha256 == null ? null : '"' + sha256 + '"';
        String range = EntityTags.text(message.getHeader("Range"));
        boolean known = tag != null && EntityTags.names(message.getHeader("If-None-Match"), tag);
        String ifRange = EntityTags.text(message.getHeader("If-Range"));
        String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        message.removeHeaders("*");
        if (!(message.getBody() instanceof File file)) {
            message.setHeader(Exchange.CONTENT_TYPE, type);
            return;
        }
        message.setHeader("Accept-Ranges", "bytes");
        message.setHeader("ETag", tag);
        if (known) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, NOT_MODIFIED);
            message.setBody(null);
            return;
        }
        message.setHeader(Exchange.CONTENT_TYPE, type);
        if (ByteRange.isSingle(range) && (ifRange == null || ifRange.equals(tag))) {
            part(exchange, file, range);
        }
    }

    private static void part(Exchange exchange, File file, String header) throws IOException {
        Message message = exchange.getMessage();
        long size = file.length();
        Optional<ByteRange> range = ByteRange.of(header, size);
        if (range.isEmpty()) {
            message.removeHeader(Exchange.CONTENT_TYPE);
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, NOT_SATISFIABLE);
            message.setHeader("Content-Range", "bytes */" + size);
            message.setBody(null);
            return;
        }
        InputStream part = FileSlice.of(file.toPath(), range.get());
        // The consumer closes it as well, unless the exchange fails.
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                try {
                    part.close();
                } catch (IOException e) {
                    // There is nothing left to do with it.
                }
            }
        });
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, PARTIAL);
        message.setHeader("Content-Range", "bytes " + range.get().first() + "-" + range.get().last() + "/" + size);
        message.setBody(part);
    }
}
