// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import io.github.grokvideo.simulator.video.VideoFile;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Sends bytes of a video as fast as the client reads them, or throttled. Runs on the connection's event loop. */
final class BodyPump {

    private static final int CHUNK = 1 << 17;
    private static final int TICK_MILLIS = 50;

    private final VideoFile file;
    private final HttpServerResponse response;
    private final Context context;
    private final long bytesPerSecond;
    private final Runnable whenSent;
    private final long end;
    private long position;

    /**
     * @param first          first byte to send
     * @param end            the byte after the last one
     * @param bytesPerSecond 0 for no limit
     * @param whenSent       runs when all bytes have been passed to the operating system
     */
    BodyPump(VideoFile file, HttpServerResponse response, Context context, long first, long end, long bytesPerSecond, Runnable whenSent) {
        this.file = file;
        this.response = response;
        this.context = context;
        this.position = first;
        this.end = end;
        this.bytesPerSecond = bytesPerSecond;
        this.whenSent = whenSent;
    }

    void start() {
        if (position >= end) {
            whenSent.run();
        } else if (bytesPerSecond > 0) {
            drip();
        } else {
            response.drainHandler(drained -> flow());
            flow();
        }
    }

    private void flow() {
        while (position < end && !response.closed() && !response.writeQueueFull()) {
            write(CHUNK);
        }
    }

    private void drip() {
        if (!response.writeQueueFull()) {
            write((int) Math.max(1, Math.min(Integer.MAX_VALUE, bytesPerSecond * TICK_MILLIS / 1000)));
        }
        if (position < end && !response.closed()) {
            context.owner().setTimer(TICK_MILLIS, tick -> drip());
        }
    }

    private void write(int most) {
        byte[] bytes = new byte[(int) Math.min(most, end - position)];
        position += file.read(position, bytes, 0, bytes.length);
        if (bytes.length > 0) {
            var written = response.write(Buffer.buffer(bytes));
            if (position >= end) {
                written.onSuccess(done -> whenSent.run());
            }
        }
    }
}
