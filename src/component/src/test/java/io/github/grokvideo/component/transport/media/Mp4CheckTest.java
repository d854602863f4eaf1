// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.media;

import static io.github.grokvideo.component.transport.Mp4.box;
import static io.github.grokvideo.component.transport.Mp4.ftyp;
import static io.github.grokvideo.component.transport.Mp4.header;
import static io.github.grokvideo.component.transport.Mp4.join;
import static io.github.grokvideo.component.transport.Mp4.largeBox;
import static io.github.grokvideo.component.transport.Mp4.largeHeader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Mp4CheckTest {

    private static final byte[] SOME = new byte[50];
    private static final byte[] MOOV = box("moov", SOME);
    private static final byte[] MDAT = box("mdat", SOME);

    @TempDir
    Path directory;

    static Stream<Arguments> whole() {
        return Stream.of(
                arguments("index last", join(ftyp(), MDAT, MOOV)),
                arguments("index first", join(ftyp(), MOOV, box("free", new byte[0]), MDAT)),
                arguments("64-bit size", join(ftyp(), MOOV, largeBox("mdat", SOME))),
                arguments("last box to the end", join(ftyp(), MOOV, header("mdat", 0), SOME)),
                arguments("padded with zeros", join(ftyp(), MOOV, MDAT, new byte[64])),
                arguments("followed by a line end", join(ftyp(), MOOV, MDAT, new byte[] {'\r', '\n'})),
                arguments("followed by text", join(ftyp(), MOOV, MDAT, "\r\n--boundary--\r\n".getBytes(StandardCharsets.US_ASCII))),
                arguments("filler before ftyp", join(box("free", SOME), box("skip", SOME), box("wide", new byte[0]), ftyp(), MOOV, MDAT)),
                arguments("unknown boxes", join(ftyp(), box("uuid", SOME), MOOV, box("meta", SOME), MDAT, box("\u00a9xyz", SOME))),
                arguments("fragmented", join(ftyp(), MOOV, box("moof", SOME), MDAT, box("moof", SOME), MDAT, box("mfra", SOME))));
    }

    static Stream<Arguments> broken() {
        byte[] good = join(ftyp(), MDAT, MOOV);
        return Stream.of(
                arguments("empty", new byte[0], "empty"),
                arguments("HTML", "<!DOCTYPE html><html><body>Sign in</body></html>".getBytes(StandardCharsets.US_ASCII), "not an MP4"),
                arguments("JSON", "{\"error\":\"not found\"}".getBytes(StandardCharsets.US_ASCII), "not an MP4"),
                arguments("four bytes", new byte[] {0, 0, 0, 8}, "a damaged box at byte 0"),
                arguments("zeros", new byte[1000], "not an MP4"),
                arguments("ftyp alone", ftyp(), "no moov"),
                arguments("no index", join(ftyp(), MDAT), "no moov"),
                arguments("no samples", join(ftyp(), MOOV), "no mdat"),
                arguments("empty samples", join(ftyp(), MOOV, box("mdat", new byte[0])), "no mdat"),
                arguments("empty index", join(ftyp(), box("moov", new byte[0]), MDAT), "no moov"),
                arguments("no ftyp", join(MOOV, MDAT), "not an MP4"),
                arguments("no ftyp after filler", join(box("free", SOME), MOOV, MDAT), "no ftyp before moov"),
                arguments("an image", join(ftyp(), box("meta", SOME), MDAT), "no moov"),
                arguments("cut in the last box", Arrays.copyOf(good, good.length - 1), "cut off: box moov"),
                arguments("cut in a header", Arrays.copyOf(good, ftyp().length + MDAT.length + 5), "a damaged box"),
                arguments("cut in a 64-bit header", join(ftyp(), MOOV, MDAT, Arrays.copyOf(largeHeader("free", 16), 12)), "a damaged box"),
                arguments("size below its header", join(ftyp(), MDAT, header("moov", 7), SOME), "a damaged box"),
                arguments("64-bit size below its header", join(ftyp(), MDAT, largeHeader("moov", 15), SOME), "a damaged box"),
                arguments("64-bit size below zero", join(ftyp(), MDAT, largeHeader("moov", -1), SOME), "a damaged box"),
                arguments("64-bit size that overflows", join(ftyp(), MDAT, largeHeader("moov", Long.MAX_VALUE), SOME), "cut off: box moov"),
                arguments("32-bit size beyond 2^31", join(ftyp(), MDAT, header("moov", 0xFFFFFFF0), SOME), "cut off: box moov"),
                arguments("three bytes of another box", join(good, new byte[3]), "a damaged box"),
                arguments("the header of another box", join(good, header("moof", 500)), "cut off: box moof"),
                arguments("the header of another box, damaged", join(good, header("mdat", 7)), "a damaged box"),
                arguments("junk before the samples",
                        join(ftyp(), MOOV, "\r\n--boundary\r\n".getBytes(StandardCharsets.US_ASCII)), "cut off"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whole")
    void finds(String name, byte[] file) throws IOException {
        assertThat(problem(file)).isEmpty();
        assertThat(Mp4Check.mayBegin(Arrays.copyOf(file, 8))).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void tells(String name, byte[] file, String problem) throws IOException {
        assertThat(problem(file)).hasValueSatisfying(text -> assertThat(text).startsWith(problem));
    }

    @Test
    void aFewBytesTooManyDoNotMatterWhereTheFileIsAllThere() throws IOException {
        Path file = Files.write(directory.resolve("file.mp4"), join(ftyp(), MDAT, MOOV, new byte[] {0, 0, 5}));
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(Mp4Check.problem(channel, channel.size(), true)).isEmpty();
            assertThat(Mp4Check.problem(channel, channel.size(), false))
                    .hasValueSatisfying(text -> assertThat(text).startsWith("a damaged box"));
        }
    }

    @Test
    void endsWithAFileOfHeaders() throws IOException {
        ByteBuffer headers = ByteBuffer.allocate(8 * 70_000).put(ftyp());
        while (headers.remaining() >= 8) {
            headers.put(header("free", 8));
        }
        assertThat(problem(Arrays.copyOf(headers.array(), headers.position()))).hasValue("more than 65536 boxes");
    }

    @Test
    void readsHeadersOfHugeFilesOnly() throws IOException {
        Path file = directory.resolve("sparse.mp4");
        long size = 5L << 30;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ,
                StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(join(ftyp(), MOOV, largeHeader("mdat", size))));
            channel.write(ByteBuffer.wrap(new byte[1]), ftyp().length + MOOV.length + size - 1);
            assertThat(Mp4Check.problem(channel, channel.size(), false)).isEmpty();
        }
    }

    private Optional<String> problem(byte[] bytes) throws IOException {
        Path file = directory.resolve("file.mp4");
        Files.write(file, bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            return Mp4Check.problem(channel, channel.size(), false);
        }
    }
}
