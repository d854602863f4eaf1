// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import io.github.grokvideo.component.transport.media.MediaDownloader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From one server, without redirects: what is taken for a video, and what else may come. */
@Timeout(60)
class MediaDownloaderTest {

    private static final byte[] VIDEO = Mp4.video(1_000_000);
    private static final String PATH = "/files/a%2Fb;v=1/video.mp4?X-Signature=abc%2Bdef+ghi%3D&x=|";

    private final TransportRig rig = new TransportRig();

    @TempDir
    Path directory;

    @BeforeEach
    void warmUp() {
        rig.warmUp();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Orders from(FaultServer server) {
        return Orders.in(directory, server.access()).url(server.url(PATH));
    }

    private void assertDownloaded(DownloadedVideo video, byte[] expected) throws Exception {
        assertThat(video.size()).isEqualTo(expected.length);
        assertThat(video.sha256()).isEqualTo(Mp4.sha256(expected));
        assertThat(Arrays.equals(Files.readAllBytes(video.file()), expected)).isTrue();
        assertThat(files()).containsExactly("out/video.mp4");
    }

    private String[] files() throws Exception {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).map(file -> directory.relativize(file).toString()).sorted().toArray(String[]::new);
        }
    }

    private DownloadException failure(Orders orders, Kind kind) throws Exception {
        DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e).hasMessageStartingWith("Job job-7: download from 127.0.0.1: ");
        StringWriter shown = new StringWriter();
        e.printStackTrace(new PrintWriter(shown));
        assertThat(shown.toString()).doesNotContain(TransportRig.KEY, "Signature", "abc%2B");
        assertThat(orders.target()).doesNotExist();
        if (e.resume() == null) {
            assertThat(files()).isEmpty();
        } else {
            assertThat(Files.size(orders.partial())).isEqualTo(e.resume().bytes());
        }
        return e;
    }

    @Test
    void bringsTheVideo() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, "ETag: \"1\"\r\n"))) {
            assertDownloaded(rig.download(from(server).order()), VIDEO);
            FaultServer.Request request = server.only();
            assertThat(request.target()).isEqualTo(PATH.replace("|", "%7C"));
            assertThat(request.headers().keySet())
                    .containsExactlyInAnyOrder("host", "accept", "user-agent", "accept-encoding");
            assertThat(request.headers()).containsEntry("accept-encoding", "identity")
                    .containsEntry("user-agent", "camel-grokvideo");
        }
    }

    @Test
    void withoutALength() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Connection: close\r\n");
            wire.out().write(VIDEO);
            wire.finish();
        })) {
            assertDownloaded(rig.download(from(server).order()), VIDEO);
        }
    }

    @Test
    void inChunks() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Transfer-Encoding: chunked\r\nContent-Type: video/mp4\r\n");
            for (int i = 0; i < VIDEO.length; i += 7777) {
                wire.chunk(Arrays.copyOfRange(VIDEO, i, Math.min(VIDEO.length, i + 7777)));
            }
            wire.chunk(new byte[0]);
        })) {
            assertDownloaded(rig.download(from(server).order()), VIDEO);
        }
    }

    /** What counts is what it is. */
    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "application/octet-stream", "nonsense"})
    void whateverItIsCalled(String type) throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("200 OK", "Content-Type: " + type + "\r\n", VIDEO))) {
            assertDownloaded(rig.download(from(server).order()), VIDEO);
        }
    }

    @Test
    void intoDirectoriesThatWereDeletedMeanwhile() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            assertDownloaded(rig.download(from(server).order()), VIDEO);
            Set<PosixFilePermission> usual = Files.getPosixFilePermissions(from(server).target());
            Files.delete(from(server).target());
            Files.delete(from(server).target().getParent());
            Files.delete(from(server).partial().getParent());

            assertDownloaded(rig.download(from(server).order()), VIDEO);
            assertThat(Files.getPosixFilePermissions(from(server).target())).isEqualTo(usual);
        }
    }

    @Test
    void overAnOldPartialFile() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            Orders orders = from(server);
            Files.createDirectories(orders.partial().getParent());
            Files.write(orders.partial(), new byte[2_000_000]);
            assertDownloaded(rig.download(orders.order()), VIDEO);
            assertThat(server.only().header("range")).isNull();
        }
    }

    @Test
    void neverThroughASymbolicLink() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            Orders orders = from(server);
            Path other = Files.writeString(directory.resolve("other"), "precious");
            Files.createDirectories(orders.partial().getParent());
            Files.createSymbolicLink(orders.partial(), other);
            rig.download(orders.resume(new DownloadOrder.Resume(4, "\"1\"")).order());
            assertThat(other).hasContent("precious");
        }
    }

    @Test
    void neverOverAnotherFile() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            Orders orders = from(server);
            Files.createDirectories(orders.target().getParent());
            Files.writeString(orders.target(), "precious");
            DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
            assertThat(e.kind()).isEqualTo(Kind.LOCAL_FILE);
            assertThat(orders.target()).hasContent("precious");
            assertThat(server.connections()).isZero();
        }
    }

    /** The name is taken while the download runs. */
    @Test
    void neverOverAFileThatCameMeanwhile() throws Exception {
        Orders[] orders = new Orders[1];
        try (FaultServer server = FaultServer.start((request, wire) -> {
            Files.createDirectories(orders[0].target().getParent());
            Files.writeString(orders[0].target(), "precious");
            wire.video(VIDEO, "");
        })) {
            orders[0] = from(server);
            DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders[0].order()));
            assertThat(e.kind()).isEqualTo(Kind.LOCAL_FILE);
            assertThat(orders[0].target()).hasContent("precious");
            assertThat(orders[0].partial()).doesNotExist();
        }
    }

    @Test
    void aDirectoryThatCannotBe() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            Path file = Files.writeString(directory.resolve("file"), "");
            DownloadException e = catchThrowableOfType(DownloadException.class,
                    () -> rig.download(Orders.in(file, server.access()).url(server.url(PATH)).order()));
            assertThat(e.kind()).isEqualTo(Kind.LOCAL_FILE);
            assertThat(e.getCause()).isInstanceOf(java.io.IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"401,URL_EXPIRED", "403,URL_EXPIRED", "404,URL_EXPIRED", "410,URL_EXPIRED", "429,BROKEN", "500,BROKEN", "503,BROKEN",
            "202,BROKEN", "204,BROKEN", "304,BROKEN", "400,BROKEN", "407,BROKEN", "416,BROKEN"})
    void statuses(int status, Kind kind) throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer(status + " X",
                "Content-Type: video/mp4\r\nETag: \"1\"\r\nWWW-Authenticate: Basic realm=\"x\"\r\n",
                status == 204 ? new byte[0] : VIDEO))) {
            DownloadException e = failure(from(server), kind);
            assertThat(e.httpStatus()).isEqualTo(status);
            assertThat(e.resume()).isNull();
            // Without the key, and at the gateway's own origin once with it.
            assertThat(server.requests()).hasSize(status == 401 ? 2 : 1);
        }
    }

    /** A proxy on the way, and a server that takes a whole file for a range. */
    @ParameterizedTest
    @ValueSource(strings = {"203 X", "206 X", "206 X\r\nContent-Range: bytes 0-1000139/1000140",
            "206 X\r\nContent-Range: bytes 0-1000139/*"})
    void aWholeFileUnderAnotherStatus(String head) throws Exception {
        assertThat(VIDEO).hasSize(1_000_140);
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer(head, "", VIDEO))) {
            assertDownloaded(rig.download(from(server).order()), VIDEO);
        }
    }

    @Test
    void aRangeThatNobodyAskedFor() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) ->
                wire.answer("206 X\r\nContent-Range: bytes 8-1000139/1000140", "", Arrays.copyOfRange(VIDEO, 8, VIDEO.length)))) {
            assertThat(failure(from(server), Kind.BROKEN)).hasMessageContaining("HTTP 206");
        }
    }

    @Test
    void theFirstPartOfAFileIsGoneOnFrom() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer(
                "206 X\r\nETag: \"1\"\r\nContent-Range: bytes 0-499999/1000140", "", Arrays.copyOf(VIDEO, 500_000)))) {
            assertThat(failure(from(server), Kind.BROKEN).resume()).isEqualTo(new DownloadOrder.Resume(500_000, "\"1\""));
        }
    }

    @Test
    void html() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Type: text/html; charset=utf-8\r\nContent-Length: 1000000000\r\n");
            wire.out().write("<!DOCTYPE html><html>Sign in ".getBytes(StandardCharsets.US_ASCII));
            wire.stall();
        })) {
            // At once, not after a gigabyte.
            assertThat(failure(from(server), Kind.NOT_A_VIDEO)).hasMessageEndingWith("not an MP4, content type text/html");
        }
    }

    @Test
    void nothing() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(new byte[0], ""))) {
            assertThat(failure(from(server), Kind.NOT_A_VIDEO)).hasMessageContaining("an empty body");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws-chunked", "UTF-8", "identity", "identity, aws-chunked", "gzip", "br", "deflate"})
    void plainBytesHoweverTheirEncodingIsCalled(String encoding) throws Exception {
        try (FaultServer server = FaultServer.start(
                (request, wire) -> wire.video(VIDEO, "ETag: \"1\"\r\nContent-Encoding: " + encoding + "\r\n"))) {
            assertDownloaded(rig.download(from(server).order()), VIDEO);
        }
    }

    private static byte[] packed(String how, byte[] bytes) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = switch (how) {
            case "gzip" -> new GZIPOutputStream(packed);
            case "zlib" -> new DeflaterOutputStream(packed);
            default -> new DeflaterOutputStream(packed, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
        }) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"gzip,gzip", "gzip,''", "gzip,x-gzip", "zlib,deflate", "raw,deflate", "zlib,gzip"})
    void unpacksWhatIsCompressedAlthoughNobodyAskedForIt(String how, String called) throws Exception {
        byte[] packed = packed(how, VIDEO);
        try (FaultServer server = FaultServer.start(
                (request, wire) -> wire.video(packed,
                        "ETag: \"1\"\r\n" + (called.isEmpty() ? "" : "Content-Encoding: " + called + "\r\n")))) {
            assertDownloaded(rig.download(from(server).order()), VIDEO);
        }
    }

    @Test
    void whatUnpacksToMoreThanIsAllowed() throws Exception {
        byte[] bomb = packed("gzip", Mp4.join(Mp4.ftyp(), Mp4.box("mdat", new byte[50_000_000])));
        assertThat(bomb).hasSizeLessThan(100_000);
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(bomb, "Content-Encoding: gzip\r\n"))) {
            failure(from(server).maxFileSize(1_000_000), Kind.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void compressedAndDamaged(boolean cut) throws Exception {
        byte[] packed = packed("gzip", VIDEO);
        byte[] damaged = cut ? Arrays.copyOf(packed, packed.length - 100) : packed.clone();
        damaged[damaged.length / 2] ^= 0x55;
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(damaged, "ETag: \"1\"\r\nContent-Encoding: gzip\r\n"))) {
            assertThat(failure(from(server), Kind.NOT_A_VIDEO).resume()).isNull();
        }
    }

    @Test
    void compressedInAWayThatIsNotKnown() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(new byte[100], "Content-Encoding: br\r\n"))) {
            assertThat(failure(from(server), Kind.NOT_A_VIDEO)).hasMessageEndingWith("compressed although identity was asked for");
        }
    }

    /** Every player stops after the last box. */
    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\0", "abc", "\r\n--boundary--\r\n", "<!-- served in 3 ms -->"})
    void junkBehindTheLastBox(String junk) throws Exception {
        byte[] file = Mp4.join(VIDEO, junk.getBytes(StandardCharsets.ISO_8859_1));
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(file, ""))) {
            assertDownloaded(rig.download(from(server).order()), file);
        }
    }

    /** Where nothing says that the file is all there, a few bytes may be the beginning of a box. */
    @ParameterizedTest
    @CsvSource({"0d0a,true", "000005,false", "0000000000,false"})
    void theEndOfAFileWithoutALength(String end, boolean whole) throws Exception {
        byte[] file = Mp4.join(VIDEO, HexFormat.of().parseHex(end));
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Connection: close\r\n");
            wire.out().write(file);
            wire.finish();
        })) {
            if (whole) {
                assertDownloaded(rig.download(from(server).order()), file);
            } else {
                assertThat(failure(from(server), Kind.NOT_A_VIDEO)).hasMessageContaining("a damaged box");
            }
        }
    }

    @Test
    void cutOffWithoutALength() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Connection: close\r\nETag: \"1\"\r\n");
            wire.out().write(VIDEO, 0, VIDEO.length - 1);
            wire.finish();
        })) {
            assertThat(failure(from(server), Kind.NOT_A_VIDEO)).hasMessageContaining("cut off: box moov");
        }
    }

    @Test
    void aLengthThatIsTooShort() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: 5000\r\n");
            wire.out().write(VIDEO);
        })) {
            failure(from(server), Kind.NOT_A_VIDEO);
        }
    }

    @Test
    void aLengthThatIsTooLong() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: " + (VIDEO.length + 1) + "\r\n");
            wire.out().write(VIDEO);
            wire.finish();
        })) {
            assertThat(failure(from(server), Kind.BROKEN).resume()).isNull();
        }
    }

    @Test
    void tooLargeByItsLength() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: " + VIDEO.length + "\r\nETag: \"1\"\r\n");
            wire.stall();
        })) {
            failure(from(server).maxFileSize(VIDEO.length - 1), Kind.TOO_LARGE);
        }
    }

    @Test
    void tooLargeWithoutALength() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Transfer-Encoding: chunked\r\nETag: \"1\"\r\n");
            wire.chunk(VIDEO);
            wire.stall();
        })) {
            failure(from(server).maxFileSize(VIDEO.length - 1), Kind.TOO_LARGE);
        }
    }

    @Test
    void asLargeAsAllowed() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            assertDownloaded(rig.download(from(server).maxFileSize(VIDEO.length).order()), VIDEO);
        }
    }

    @Test
    void stalls() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: " + VIDEO.length + "\r\n");
            wire.out().write(VIDEO, 0, 5000);
            wire.stall();
        })) {
            assertThat(failure(from(server).idleTimeout(Duration.ofMillis(200)), Kind.BROKEN)).hasMessageContaining("no byte in time");
        }
    }

    @Test
    void neverAnswers() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.stall())) {
            assertThat(failure(from(server).idleTimeout(Duration.ofMillis(200)), Kind.BROKEN)).hasMessageContaining("no byte in time");
        }
    }

    @Test
    void dribbles() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: " + VIDEO.length + "\r\nETag: \"1\"\r\n");
            wire.out().write(VIDEO, 0, 5000);
            wire.dribble('x');
        })) {
            DownloadException e = failure(from(server).timeout(Duration.ofSeconds(1)), Kind.BROKEN);
            assertThat(e).hasMessageContaining("not complete within 1s");
            assertThat(e.resume().bytes()).isGreaterThanOrEqualTo(5000);
        }
    }

    @Test
    void noFreeThread() {
        MediaDownloader full = new MediaDownloader(rig.clients, task -> {
            throw new RejectedExecutionException("full");
        }, rig.timer);
        DownloadOrder.Resume resume = new DownloadOrder.Resume(5, "\"1\"");
        DownloadException e = (DownloadException) catchThrowableOfType(java.util.concurrent.CompletionException.class,
                () -> full.download(Orders.in(directory).url("https://cdn.test/").resume(resume).order()).join()).getCause();
        assertThat(e.kind()).isEqualTo(Kind.BROKEN);
        assertThat(e.resume()).isEqualTo(resume);
    }

    @Test
    void stoppedWhileItRuns() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: " + VIDEO.length + "\r\nETag: \"1\"\r\n");
            wire.out().write(VIDEO, 0, 5000);
            wire.out().flush();
            rig.clients.close();
            wire.stall();
        })) {
            failure(from(server), Kind.BROKEN);
        }
    }
}
