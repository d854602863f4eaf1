// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A video far larger than the heap: 1 GiB through a JVM of 64 MiB. */
@Timeout(300)
class GiantDownloadIT {

    private static final long SIZE = 1L << 30;
    private static final byte[] CHUNK = chunk();

    @TempDir
    Path directory;

    @Test
    void oneGibibyteIn64Mebibytes() throws Exception {
        byte[] head = Mp4.join(Mp4.video(1000), Mp4.largeHeader("free", SIZE - Mp4.video(1000).length));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        stream(head, (bytes, count) -> digest.update(bytes, 0, count));
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Type: video/mp4\r\nContent-Length: " + SIZE + "\r\n");
            OutputStream out = wire.out();
            stream(head, (bytes, count) -> out.write(bytes, 0, count));
            out.flush();
        })) {
            Path log = directory.resolve("log");
            Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                    "-XX:+ExitOnOutOfMemoryError", "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    GiantDownloadMain.class.getName(), server.url("/v1"), directory.toString())
                    .redirectErrorStream(true).redirectOutput(log.toFile()).start();
            try {
                assertThat(child.waitFor(240, TimeUnit.SECONDS)).isTrue();
            } finally {
                child.destroyForcibly();
            }
            assertThat(log).content().contains("video " + SIZE + " " + HexFormat.of().formatHex(digest.digest()));
            assertThat(child.exitValue()).isZero();
            assertThat(Files.size(Orders.in(directory).target())).isEqualTo(SIZE);
            assertThat(Orders.in(directory).partial()).doesNotExist();
        }
    }

    @FunctionalInterface
    private interface Sink {
        void take(byte[] bytes, int count) throws Exception;
    }

    private static void stream(byte[] head, Sink sink) throws Exception {
        sink.take(head, head.length);
        for (long left = SIZE - head.length; left > 0; left -= CHUNK.length) {
            sink.take(CHUNK, (int) Math.min(CHUNK.length, left));
        }
    }

    private static byte[] chunk() {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
        for (int i = 0; chunk.hasRemaining(); i++) {
            chunk.putInt(i * 0x9E3779B9);
        }
        return chunk.array();
    }
}
