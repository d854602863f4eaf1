// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import io.github.grokvideo.component.transport.DownloadOrder.Resume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Going on where an attempt broke off, only ever with the same file. */
@Timeout(60)
class MediaResumeTest {

    private static final byte[] VIDEO = Mp4.video(500_000);
    private static final int HELD = 200_000;
    private static final Resume RESUME = new Resume(HELD, "\"v1\"");

    private final TransportRig rig = new TransportRig();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        rig.close();
    }

    private Orders from(FaultServer server) throws Exception {
        Orders orders = Orders.in(directory, server.access()).url(server.url("/v.mp4"));
        Files.createDirectories(orders.partial().getParent());
        Files.write(orders.partial(), Arrays.copyOf(VIDEO, HELD));
        return orders;
    }

    private void assertWhole(Orders orders) throws Exception {
        DownloadedVideo video = rig.download(orders.order());
        assertThat(video.sha256()).isEqualTo(Mp4.sha256(VIDEO));
        assertThat(video.size()).isEqualTo(VIDEO.length);
        assertThat(Arrays.equals(Files.readAllBytes(orders.target()), VIDEO)).isTrue();
        assertThat(orders.partial()).doesNotExist();
    }

    private static byte[] rest(int from) {
        return Arrays.copyOfRange(VIDEO, from, VIDEO.length);
    }

    private static String range(int from, int last, Object total) {
        return "Content-Range: bytes " + from + "-" + last + "/" + total + "\r\n";
    }

    private static String restOf(int from) {
        return range(from, VIDEO.length - 1, VIDEO.length);
    }

    @Test
    void breaksOffAndGoesOn() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            if (request.header("range") == null) {
                wire.head("200 OK", "Content-Length: " + VIDEO.length + "\r\nETag: \"v1\"\r\n");
                wire.out().write(VIDEO, 0, HELD);
                wire.finish();
            } else {
                assertThat(request.headers()).containsEntry("range", "bytes=" + HELD + "-").containsEntry("if-range", "\"v1\"");
                wire.answer("206 Partial Content", restOf(HELD) + "ETag: \"v1\"\r\n", rest(HELD));
            }
        })) {
            Orders orders = Orders.in(directory, server.access()).url(server.url("/v.mp4"));
            DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            assertThat(e.resume()).isEqualTo(RESUME);
            assertThat(Files.size(orders.partial())).isEqualTo(HELD);

            assertWhole(orders.resume(e.resume()));
            assertThat(server.requests()).hasSize(2);
        }
    }

    static Stream<Arguments> validators() {
        return Stream.of(
                arguments("ETag: \"v\"\r\n", "\"v\""),
                arguments("ETag: W/\"v\"\r\n", null),
                arguments("ETag: v\r\n", null),
                arguments("Last-Modified: Fri, 20 Nov 2026 10:00:00 GMT\r\nDate: Fri, 20 Nov 2026 10:00:01 GMT\r\n",
                        "Fri, 20 Nov 2026 10:00:00 GMT"),
                arguments("Last-Modified: Fri, 20 Nov 2026 10:00:00 GMT\r\nDate: Fri, 20 Nov 2026 10:00:00 GMT\r\n", null),
                arguments("Last-Modified: Fri, 20 Nov 2026 10:00:00 GMT\r\n", null),
                arguments("Last-Modified: yesterday\r\nDate: Fri, 20 Nov 2026 10:00:01 GMT\r\n", null),
                arguments("ETag: W/\"v\"\r\nLast-Modified: Fri, 20 Nov 2026 10:00:00 GMT\r\nDate: Fri, 20 Nov 2026 10:00:01 GMT\r\n", null),
                arguments("", null));
    }

    @ParameterizedTest
    @MethodSource("validators")
    void keepsWhatItCanProve(String headers, String validator) throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: " + VIDEO.length + "\r\n" + headers);
            wire.out().write(VIDEO, 0, HELD);
            wire.finish();
        })) {
            Orders orders = from(server);
            DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            assertThat(e.resume()).isEqualTo(validator == null ? null : new Resume(HELD, validator));
            assertThat(Files.exists(orders.partial())).isEqualTo(validator != null);
        }
    }

    @Test
    void throwsAwayWhatCameAfterTheResume() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("206 Partial Content", restOf(1000), rest(1000)))) {
            assertWhole(from(server).resume(new Resume(1000, "\"v1\"")));
        }
    }

    @Test
    void startsOverOn200() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, "ETag: \"v2\"\r\n"))) {
            assertWhole(from(server).resume(RESUME));
            assertThat(server.only().header("if-range")).isEqualTo("\"v1\"");
        }
    }

    @Test
    void breaksOffAgainAfterStartingOver() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.head("200 OK", "Content-Length: " + VIDEO.length + "\r\nETag: \"v2\"\r\n");
            wire.out().write(VIDEO, 0, 1000);
            wire.finish();
        })) {
            Orders orders = from(server).resume(RESUME);
            DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
            assertThat(e.resume()).isEqualTo(new Resume(1000, "\"v2\""));
            assertThat(Files.size(orders.partial())).isEqualTo(1000);
        }
    }

    static Stream<Arguments> unfit() {
        byte[] rest = rest(HELD);
        return Stream.of(
                arguments("416", "416 Range Not Satisfiable", "Content-Range: bytes */" + VIDEO.length + "\r\n", new byte[0]),
                arguments("another ETag", "206 X", restOf(HELD) + "ETag: \"v2\"\r\n", rest),
                arguments("no Content-Range", "206 X", "", rest),
                arguments("an illegible Content-Range", "206 X", "Content-Range: bytes x-y/z\r\n", rest),
                arguments("another start", "206 X", restOf(HELD + 1), rest(HELD + 1)),
                arguments("the beginning", "206 X", restOf(0), VIDEO),
                arguments("an end beyond the total", "206 X", range(HELD, VIDEO.length, VIDEO.length), rest),
                arguments("an end before the start", "206 X", range(HELD, HELD - 1, VIDEO.length), new byte[0]),
                arguments("another length", "206 X", restOf(HELD), rest(HELD + 5)),
                arguments("many ranges", "206 X", "Content-Type: multipart/byteranges; boundary=x\r\n", rest));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void startsOverOnARestThatDoesNotFit(String name, String status, String headers, byte[] body) throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            if (request.header("range") != null) {
                wire.answer(status, headers, body);
            } else {
                wire.video(VIDEO, "");
            }
        })) {
            assertWhole(from(server).resume(RESUME));
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aRestOfUnknownTotal() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("206 X",
                range(HELD, VIDEO.length - 1, "*"), rest(HELD)))) {
            assertWhole(from(server).resume(RESUME));
        }
    }

    @Test
    void onlyAPartOfTheRest() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            int start = Integer.parseInt(request.header("range").replaceAll("\\D", ""));
            int end = Math.min(VIDEO.length, start + 150_000);
            wire.answer("206 X", range(start, end - 1, VIDEO.length), Arrays.copyOfRange(VIDEO, start, end));
        })) {
            Orders orders = from(server).resume(RESUME);
            DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
            assertThat(e.resume()).isEqualTo(new Resume(HELD + 150_000, "\"v1\""));
            Orders second = orders.resume(e.resume());
            e = catchThrowableOfType(DownloadException.class, () -> rig.download(second.order()));
            assertThat(e.resume()).isEqualTo(new Resume(HELD + 300_000, "\"v1\""));
            assertWhole(orders.resume(e.resume()));
        }
    }

    @Test
    void staysResumableWhenTheServerIsBusyOrGone() throws Exception {
        FaultServer server = FaultServer.start((request, wire) -> wire.answer("503 Busy", "", new byte[0]));
        Orders orders = from(server).resume(RESUME);
        try (server) {
            DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            assertThat(e.resume()).isEqualTo(RESUME);
        }
        DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
        assertThat(e.kind()).isEqualTo(Kind.BROKEN);
        assertThat(e.resume()).isEqualTo(RESUME);
        assertThat(Files.size(orders.partial())).isEqualTo(HELD);
    }

    @Test
    void doesNotOutliveItsUrl() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("403 Expired", "", new byte[0]))) {
            Orders orders = from(server).resume(RESUME);
            DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
            assertThat(e.kind()).isEqualTo(Kind.URL_EXPIRED);
            assertThat(e.resume()).isNull();
            assertThat(orders.partial()).doesNotExist();
        }
    }

    @Test
    void startsOverWithoutThePartialFile() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            Orders orders = from(server).resume(RESUME);
            Files.delete(orders.partial());
            assertWhole(orders);
            assertThat(server.only().header("range")).isNull();
        }
    }

    @Test
    void startsOverWhereThePartialFileIsShorter() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            assertWhole(from(server).resume(new Resume(HELD + 1, "\"v1\"")));
            assertThat(server.only().header("range")).isNull();
        }
    }

    @Test
    void isTooLargeByItsTotal() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("206 X", restOf(HELD), rest(HELD)))) {
            Orders orders = from(server).resume(RESUME).maxFileSize(VIDEO.length - 1);
            DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
            assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(orders.partial()).doesNotExist();
        }
    }

    @Test
    void aWrongBeginningIsFound() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("206 X", restOf(HELD), rest(HELD)))) {
            Orders orders = from(server).resume(RESUME);
            Files.write(orders.partial(), new byte[HELD]);
            DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
            assertThat(e.kind()).isEqualTo(Kind.NOT_A_VIDEO);
            assertThat(orders.partial()).doesNotExist();
        }
    }
}
