// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** The video that all jobs have: the boxes of an MP4, with random bytes in place of samples. A large one is a file. */
final class SampleVideo {

    private static final int IN_MEMORY = 1024 * 1024;
    private static final byte[] TYPE = box("ftyp", "isom\0\0\2\0isommp41".getBytes(StandardCharsets.ISO_8859_1));
    private static final byte[] INDEX = box("moov", new byte[100]);

    private final Buffer bytes;
    private final Path file;

    private SampleVideo(Buffer bytes, Path file) {
        this.bytes = bytes;
        this.file = file;
    }

    /** @param size bytes of the samples */
    static SampleVideo of(int size) {
        if (size <= IN_MEMORY) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            write(all, size);
            return new SampleVideo(Buffer.buffer(all.toByteArray()), null);
        }
        try {
            Path file = Files.createTempFile("sample-", ".mp4");
            file.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(file)) {
                write(out, size);
            }
            return new SampleVideo(null, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(HttpServerResponse response) {
        response.putHeader("Content-Type", "video/mp4");
        if (bytes != null) {
            response.end(bytes);
        } else {
            response.sendFile(file.toString());
        }
    }

    private static void write(OutputStream out, int size) {
        byte[] samples = new byte[Math.min(size, IN_MEMORY)];
        new Random(1).nextBytes(samples);
        try {
            out.write(TYPE);
            out.write(header("mdat", size));
            for (int left = size; left > 0; left -= samples.length) {
                out.write(samples, 0, Math.min(left, samples.length));
            }
            out.write(INDEX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] box(String type, byte[] content) {
        return ByteBuffer.allocate(8 + content.length).put(header(type, content.length)).put(content).array();
    }

    private static byte[] header(String type, int length) {
        return ByteBuffer.allocate(8).putInt(8 + length).put(type.getBytes(StandardCharsets.ISO_8859_1)).array();
    }
}
