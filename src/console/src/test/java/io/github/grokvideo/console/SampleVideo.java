// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.simulator.video.VideoFile;
import io.github.grokvideo.simulator.video.VideoSpec;
import io.github.grokvideo.simulator.video.VideoStudio;

/** A real MP4, drawn by the simulator. */
final class SampleVideo {

    private SampleVideo() {
    }

    static Path write(Path target) throws IOException {
        try (VideoStudio studio = new VideoStudio(Thread::new)) {
            VideoFile video = studio.file(new VideoSpec(320, 180, 6), List.of("console"), 0).orTimeout(1, TimeUnit.MINUTES).join();
            byte[] bytes = new byte[(int) video.size()];
            int position = 0;
            while (position < bytes.length) {
                position += video.read(position, bytes, position, bytes.length - position);
            }
            return Files.write(target, bytes);
        }
    }
}
