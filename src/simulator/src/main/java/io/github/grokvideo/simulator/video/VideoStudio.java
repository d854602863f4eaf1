// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.video;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Creates video files on at most two daemon threads, and caches the latest clips (about 100 kB each).
 */
public final class VideoStudio implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int KEPT_CLIPS = 256;

    private final ClipEncoder encoder = new ClipEncoder();
    private final ThreadPoolExecutor workers;
    private final Map<Key, CompletableFuture<Clip>> clips = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompletableFuture<Clip>> eldest) {
            return size() > KEPT_CLIPS;
        }
    };

    public VideoStudio(ThreadFactory threads) {
        workers = new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        workers.allowCoreThreadTimeOut(true);
    }

    /**
     * The file for a video; its clip is encoded if it is not cached.
     *
     * @param lines       text drawn into the picture
     * @param minimumSize bytes; smaller files are padded to exactly this size
     */
    public CompletableFuture<VideoFile> file(VideoSpec spec, List<String> lines, long minimumSize) {
        return clip(new Key(spec.width(), spec.height(), lines))
                .thenApply(clip -> new VideoFile(clip, spec.seconds(), minimumSize));
    }

    private CompletableFuture<Clip> clip(Key key) {
        synchronized (clips) {
            return clips.computeIfAbsent(key, k -> CompletableFuture.supplyAsync(
                    () -> encoder.encode(k.width(), k.height(), k.lines()), workers));
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        try {
            workers.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Key(int width, int height, List<String> lines) {
    }
}
