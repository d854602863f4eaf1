// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.time.Instant;
import java.util.Map;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.LoggedRequest;
import io.github.grokvideo.simulator.log.RequestKind;
import io.github.grokvideo.simulator.log.RequestLog;
import io.github.grokvideo.simulator.video.VideoFile;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** Puts a finished video where its request says, as fast as the receiver reads. */
final class VideoUpload {

    private static final int CHUNK = 1 << 16;

    private final HttpClient client;
    private final RequestLog log;

    VideoUpload(HttpClient client, RequestLog log) {
        this.client = client;
        this.log = log;
    }

    /** Fails unless the receiver answers 2xx. */
    Future<Void> put(SimulatedJob job, VideoFile file) {
        String url = job.extra(JobDraft.UPLOAD_URL).orElseThrow();
        return start(url, file).otherwise(0).compose(status -> {
            note(job, url, status);
            return status / 100 == 2 ? Future.succeededFuture() : Future.failedFuture("the receiver answered " + status);
        });
    }

    private Future<Integer> start(String url, VideoFile file) {
        RequestOptions options;
        try {
            options = new RequestOptions().setMethod(HttpMethod.PUT).setAbsoluteURI(url);
        } catch (RuntimeException notAnUrl) {
            return Future.failedFuture(notAnUrl);
        }
        return client.request(options).compose(put -> {
            put.putHeader("content-type", "video/mp4").putHeader("content-length", Long.toString(file.size()));
            Future<Integer> status = put.response().map(response -> response.statusCode());
            new Pump(put, file).flow();
            return status;
        });
    }

    private void note(SimulatedJob job, String url, int status) {
        log.add(new LoggedRequest("PUT", url, job.gateway(), RequestKind.SENT, status, null, "", Map.of("content-type", "video/mp4"),
                Instant.now()));
    }

    private static final class Pump {
        private final HttpClientRequest put;
        private final VideoFile file;
        private long position;

        Pump(HttpClientRequest put, VideoFile file) {
            this.put = put;
            this.file = file;
            put.exceptionHandler(gone -> { });
            put.drainHandler(drained -> flow());
        }

        void flow() {
            while (position < file.size() && !put.writeQueueFull()) {
                byte[] bytes = new byte[(int) Math.min(CHUNK, file.size() - position)];
                position += file.read(position, bytes, 0, bytes.length);
                Buffer part = Buffer.buffer(bytes);
                if (position < file.size()) {
                    put.write(part);
                } else {
                    put.end(part);
                }
            }
        }
    }
}
