// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.BiConsumer;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.video.VideoFile;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** One response with a video, whole or a range, possibly with a fault. */
final class MediaReply {

    /** Delay before a reset, which would otherwise discard the last bytes on their way to the client. */
    private static final long SETTLE_MILLIS = 30;
    private static final String DEFAULT_RATE = "64KiB";

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final SimulatedJob job;
    private final VideoFile file;
    private final Fault fault;

    /**
     * @param fault applied to the bytes; null for none
     */
    MediaReply(HttpServerRequest request, Context context, SimulatedJob job, VideoFile file, Fault fault) {
        this.request = request;
        this.response = request.response();
        this.context = context;
        this.job = job;
        this.file = file;
        this.fault = fault;
    }

    /**
     * Sends it.
     *
     * @param journal receives the status and the name of the fault before anything is sent
     */
    void send(BiConsumer<Integer, String> journal) {
        if (is(FaultKind.DOWNLOAD_CHANGED_ETAG)) {
            job.changeEtag();
        }
        Optional<ByteRange> range = range();
        int status = range.isEmpty() ? 200 : range.get().satisfiable() ? 206 : 416;
        journal.accept(status, fault == null ? null : fault.kind().id());
        head(status);
        if (status == 416) {
            response.putHeader("content-range", "bytes */" + file.size()).end();
            return;
        }
        ByteRange bytes = range.orElse(new ByteRange(0, file.size() - 1));
        if (status == 206) {
            response.putHeader("content-range", "bytes " + bytes.first() + "-" + bytes.last() + "/" + file.size());
        }
        if (is(FaultKind.DOWNLOAD_CHUNKED)) {
            response.setChunked(true);
        } else {
            response.putHeader("content-length", Long.toString(bytes.length()));
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            body(bytes);
        }
    }

    private void head(int status) {
        response.setStatusCode(status).putHeader("content-type", "video/mp4").putHeader("etag", job.etag())
                .putHeader("last-modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(job.finished().atOffset(ZoneOffset.UTC)));
        if (!is(FaultKind.DOWNLOAD_NO_RANGE)) {
            response.putHeader("accept-ranges", "bytes");
        }
    }

    /** If-Range with another validator than the current one requests the whole file. */
    private Optional<ByteRange> range() {
        String condition = request.getHeader("if-range");
        if (is(FaultKind.DOWNLOAD_NO_RANGE) || condition != null && !condition.equals(job.etag())) {
            return Optional.empty();
        }
        return ByteRange.of(request.getHeader("range"), file.size());
    }

    private void body(ByteRange bytes) {
        FaultKind kind = fault == null ? null : fault.kind();
        boolean cut = kind == FaultKind.DOWNLOAD_TRUNCATED || kind == FaultKind.DOWNLOAD_RESET || kind == FaultKind.DOWNLOAD_STALL;
        long asked = cut ? fault.bytes("bytes").orElse(bytes.length() / 2)
                : kind == FaultKind.DOWNLOAD_CHUNKED ? fault.bytes("bytes").orElse(bytes.length()) : bytes.length();
        long end = bytes.first() + Math.min(bytes.length(), asked);
        long rate = kind == FaultKind.DOWNLOAD_SLOW ? fault.with("rate", fault.option("rate", DEFAULT_RATE)).bytes("rate").getAsLong() : 0;
        response.exceptionHandler(gone -> { });
        new BodyPump(file, response, context, bytes.first(), end, rate, () -> finish(kind)).start();
    }

    private void finish(FaultKind kind) {
        if (kind == FaultKind.DOWNLOAD_TRUNCATED) {
            Connections.close(request);
        } else if (kind == FaultKind.DOWNLOAD_RESET) {
            context.owner().setTimer(SETTLE_MILLIS, settled -> Connections.reset(request));
        } else if (kind != FaultKind.DOWNLOAD_STALL && !response.ended()) {
            response.end();
        }
    }

    private boolean is(FaultKind kind) {
        return fault != null && fault.kind() == kind;
    }
}
