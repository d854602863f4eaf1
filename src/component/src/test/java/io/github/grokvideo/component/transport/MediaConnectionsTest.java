// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads use a kept-alive connection again, and only one to an address that was checked for this very request. */
@Timeout(60)
class MediaConnectionsTest {

    private static final byte[] VIDEO = Mp4.video(300_000);

    private volatile String address = "127.0.0.1";
    private final TransportRig rig = new TransportRig(host -> new InetAddress[] {
            InetAddress.getByAddress(host, InetAddress.getByName(address).getAddress())});

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        rig.close();
    }

    private void download(Orders orders) throws Exception {
        DownloadedVideo video = rig.download(orders.order());
        assertThat(video.sha256()).isEqualTo(Mp4.sha256(VIDEO));
        Files.delete(video.file());
    }

    private Orders at(FaultServer server) {
        return Orders.in(directory).anyAddress().url("http://cdn.test:" + server.port() + "/v.mp4");
    }

    @Test
    void oneConnectionForSeveralDownloads() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            for (int i = 0; i < 3; i++) {
                download(at(server));
            }
            assertThat(server.requests()).hasSize(3);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aNewConnectionWhereTheServerHasClosedTheLastOne() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> {
            wire.video(VIDEO, "");
            wire.finish();
        })) {
            download(at(server));
            download(at(server));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aNewConnectionWhereTheLastOneIsResetByTheRequest() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (FaultServer server = FaultServer.start((request, wire) -> {
            if (requests.incrementAndGet() == 2) {
                wire.reset();
            } else {
                wire.video(VIDEO, "");
            }
        })) {
            download(at(server));
            download(at(server));
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.requests()).extracting(request -> request.header("connection")).containsExactly(null, null, "close");
        }
    }

    @Test
    void aNewConnectionIsNotTriedTwice() {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.reset())) {
            assertThatThrownBy(() -> rig.download(at(server).order()))
                    .isInstanceOfSatisfying(DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aNewConnectionAfterAnAbortedDownload() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            assertThatThrownBy(() -> rig.download(at(server).maxFileSize(1000).order()))
                    .isInstanceOfSatisfying(DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
            download(at(server));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aKeptConnectionIsNoWayToAPrivateAddress() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            download(at(server));
            Orders guarded = Orders.in(directory).url("http://cdn.test:" + server.port() + "/v.mp4");
            assertThatThrownBy(() -> rig.download(guarded.order()))
                    .isInstanceOfSatisfying(DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aKeptConnectionIsNotUsedWhenTheNameHasAnotherAddress() throws Exception {
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, ""))) {
            download(at(server));
            address = "127.0.0.2";
            // Nothing listens there.
            assertThatThrownBy(() -> rig.download(at(server).order()))
                    .isInstanceOfSatisfying(DownloadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
            assertThat(server.requests()).hasSize(1);
        }
    }
}
