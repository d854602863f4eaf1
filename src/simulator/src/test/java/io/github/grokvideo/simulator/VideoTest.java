// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import io.github.grokvideo.simulator.video.VideoSpec;
import org.jcodec.api.FrameGrab;
import org.jcodec.common.DemuxerTrackMeta;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.containers.mp4.demuxer.MP4Demuxer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoTest {

    private static byte[] video(String fields, String prompt) {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().renderTime(Duration.ZERO).start()) {
            Client client = new Client(simulator, "xai");
            String id = client.post("/videos/generations",
                    "{\"model\":\"grok-imagine-video-1.5\",\"prompt\":\"" + prompt + "\"," + fields + "}").is(200).text("/request_id");
            return Client.fetch(client.get("/videos/" + id).text("/video/url")).body();
        }
    }

    @ParameterizedTest
    @CsvSource({"480p,16:9,6,848,480", "480p,2:3,3,480,720", "720p,9:16,2,720,1280", "1080p,1:1,1,1080,1080"})
    void aPlayerFindsTheAskedLengthAndSize(String resolution, String ratio, int seconds, int width, int height) throws Exception {
        byte[] file = video("\"duration\":%d,\"resolution\":\"%s\",\"aspect_ratio\":\"%s\"".formatted(seconds, resolution, ratio),
                "A red kite over the sea");
        try (MP4Demuxer demuxer = MP4Demuxer.createMP4Demuxer(ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(file)))) {
            DemuxerTrackMeta meta = demuxer.getVideoTrack().getMeta();
            assertThat(meta.getTotalDuration()).isEqualTo(seconds);
            assertThat(meta.getTotalFrames()).isEqualTo(8 * seconds);
            assertThat(meta.getVideoCodecMeta().getSize().getWidth()).isEqualTo(width);
            assertThat(meta.getVideoCodecMeta().getSize().getHeight()).isEqualTo(height);
        }
    }

    @Test
    void framesHoldTextAndMoveAndPaddingDoesNotMatter() throws Exception {
        byte[] file = video("\"duration\":2", "Zażółć 你好 A kite [[size=5MB]]");
        assertThat(file).hasSize(5_000_000);
        FrameGrab grab = FrameGrab.createFrameGrab(ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(file)));
        // The grabber decodes into the same buffer every time.
        byte[] first = grab.getNativeFrame().getPlaneData(0).clone();
        byte[] second = grab.getNativeFrame().getPlaneData(0).clone();
        assertThat(bright(first)).isGreaterThan(500);
        assertThat(Arrays.equals(first, second)).isFalse();
    }

    private static int bright(byte[] picture) {
        int count = 0;
        for (byte luma : picture) {
            count += luma > 40 ? 1 : 0;
        }
        return count;
    }

    @Test
    void sizesAreEvenForEveryRatio() {
        for (String resolution : new String[] {"480p", "720p", "1080p"}) {
            for (String ratio : new String[] {"16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "auto"}) {
                VideoSpec spec = VideoSpec.of(resolution, ratio, 1);
                assertThat(Math.min(spec.width(), spec.height())).isEqualTo(Integer.parseInt(resolution.replace("p", "")));
            }
        }
        assertThat(VideoSpec.of("480p", "16:9", 1).width()).isEqualTo(848);
        assertThat(VideoSpec.of("1080p", "16:9", 1).width()).isEqualTo(1920);
    }

    @Test
    void uniqueVideosDiffer() {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().renderTime(Duration.ZERO).start()) {
            Client client = new Client(simulator, "xai");
            String body = "{\"prompt\":\"same\",\"duration\":1}";
            String a = client.post("/videos/generations", body).text("/request_id");
            String b = client.post("/videos/generations", body).text("/request_id");
            assertThat(simulator.job(a).orElseThrow().sha256()).isNotEqualTo(simulator.job(b).orElseThrow().sha256());
            String first = simulator.job(a).orElseThrow().sha256();
            assertThat(simulator.job(a).orElseThrow().sha256()).isEqualTo(first);
        }
    }
}
