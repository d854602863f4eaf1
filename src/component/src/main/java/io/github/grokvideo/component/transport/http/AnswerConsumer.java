// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import io.github.grokvideo.component.provider.HttpAnswer;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Collects a response with the limits of {@link AnswerReader}, without blocking. Used by one I/O thread, and then by the thread that reads
 * it.
 */
final class AnswerConsumer implements AsyncResponseConsumer<Void> {

    private static final int BUFFER = 8192;
    private static final Set<String> PACKED = Set.of("gzip", "x-gzip");

    private final AnswerReader.Body body = new AnswerReader.Body();
    /** A body that is compressed although the request did not allow it; null = none. */
    private volatile ByteArrayOutputStream packed;
    private FutureCallback<Void> end;
    private volatile HttpResponse head;
    private volatile EntityDetails entity;
    private volatile boolean full;

    @Override
    public void consumeResponse(HttpResponse response, EntityDetails details, HttpContext context, FutureCallback<Void> callback) {
        head = response;
        entity = details;
        end = callback;
        if (details == null) {
            callback.completed(null);
        } else if (details.getContentEncoding() != null && PACKED.contains(details.getContentEncoding().toLowerCase(Locale.ROOT))) {
            packed = new ByteArrayOutputStream();
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // Only the last response is the answer.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        byte[] buffer = new byte[Math.min(BUFFER, bytes.remaining())];
        while (bytes.hasRemaining()) {
            int count = Math.min(buffer.length, bytes.remaining());
            bytes.get(buffer, 0, count);
            if (!add(buffer, count)) {
                full = true;
                throw new IOException("the rest of the answer is not read");
            }
        }
    }

    private boolean add(byte[] bytes, int count) {
        if (packed == null) {
            return body.add(bytes, count);
        }
        packed.write(bytes, 0, count);
        return packed.size() < AnswerReader.LONGEST_BODY;
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        end.completed(null);
    }

    @Override
    public void failed(Exception cause) {
        // The call's own callback gets it.
    }

    @Override
    public void releaseResources() {
        // What was received is still read.
    }

    /** @return the status of what has answered; 0 = nothing has */
    int status() {
        return head == null ? 0 : head.getCode();
    }

    /**
     * The complete answer. Takes a moment if it is compressed.
     *
     * @throws CutAnswerException if a compressed success cannot be read to its end
     */
    HttpAnswer answer() throws CutAnswerException {
        if (packed != null) {
            try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
                AnswerReader.copy(unpacked, body);
            } catch (IOException e) {
                if (head.getCode() < 300) {
                    throw new CutAnswerException(AnswerReader.answer(head, entity, body), e);
                }
            }
        }
        return AnswerReader.answer(head, entity, body);
    }

    /**
     * After a failure.
     *
     * @return             the answer, if what was received is enough
     * @throws IOException the failure, as the blocking client would describe it
     */
    HttpAnswer answer(Throwable failure) throws IOException {
        if (head == null) {
            if (failure instanceof ConnectionClosedException) {
                throw new NoHttpResponseException(failure.getMessage());
            }
            throw asIs(failure);
        }
        if (full || head.getCode() >= 300) {
            return answer();
        }
        throw new CutAnswerException(AnswerReader.answer(head, entity, body), asIs(failure));
    }

    private static IOException asIs(Throwable failure) {
        return failure instanceof IOException known ? known : new ClientProtocolException(failure);
    }
}
