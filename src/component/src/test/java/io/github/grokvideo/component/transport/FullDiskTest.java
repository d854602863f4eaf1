// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A disk that has no room for the video: on a file system in memory, since a test cannot fill a real one. */
@Timeout(60)
class FullDiskTest {

    private static final byte[] VIDEO = Mp4.video(1_000_000);

    private final TransportRig rig = new TransportRig();
    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder().setMaxSize(2_000_000).build());
    private final Path directory = disk.getPath("/videos");

    @AfterEach
    void close() throws Exception {
        rig.close();
        disk.close();
    }

    @Test
    void nothingIsLeftBehindAndTheNextAttemptBringsTheVideo() throws Exception {
        Path others = Files.write(disk.getPath("/others"), new byte[1_400_000]);
        try (FaultServer server = FaultServer.start((request, wire) -> wire.video(VIDEO, "ETag: \"1\"\r\n"))) {
            DownloadOrder order = Orders.in(directory, server.access()).url(server.url("/v.mp4")).order();

            DownloadException full = catchThrowableOfType(DownloadException.class, () -> rig.download(order));
            assertThat(full.kind()).isEqualTo(DownloadException.Kind.LOCAL_FILE);
            assertThat(full).hasMessageContaining("out of disk space");
            assertThat(full.resume()).isNull();
            assertThat(files()).isEmpty();

            Files.delete(others);
            DownloadedVideo video = rig.download(order);
            assertThat(video.sha256()).isEqualTo(Mp4.sha256(VIDEO));
            assertThat(Files.readAllBytes(video.file())).isEqualTo(VIDEO);
            assertThat(files()).containsExactly(video.file());
        }
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
