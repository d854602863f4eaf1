// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.LRUCacheFactory;

/**
 * Answers an HTTP request with the first picture of the video that {@code await} has put into the body as a file: a JPEG, at most 640
 * pixels wide. ffmpeg makes it in a process of its own, since videos are untrusted: a decoder that one of them breaks must not be in the
 * JVM that holds paid jobs. No more than two pictures are made at a time, and the last 64 are kept in memory. Removes all other headers,
 * since the consumer would send them. A body that is not a file is left as it is. Blocks for as long as ffmpeg runs, 10 s at most.
 * Thread-safe.
 */
public final class VideoPoster {

    private static final int AT_ONCE = 2;
    private static final int KEPT = 64;
    /** A JPEG of this width has about 50 KB. */
    private static final int MOST_BYTES = 256 * 1024;
    /** More than 8K video has; a header may claim any size, and its memory would be taken. */
    private static final int MOST_PIXELS = 64 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Set<String> ENVIRONMENT = Set.of("PATH");
    private static final String TYPE = "image/jpeg";
    private static final int NOT_MODIFIED = 304;
    private static final int BUSY = 503;

    private final Semaphore room = new Semaphore(AT_ONCE);
    /** By the SHA-256 of the video. */
    private final Map<String, byte[]> kept = LRUCacheFactory.newLRUCache(KEPT);
    private final Duration longest;

    /** Creates a bean without pictures. */
    public VideoPoster() {
        this(LONGEST);
    }

    VideoPoster(Duration longest) {
        this.longest = longest;
    }

    /**
     * @param  exchange body: the video; header: {@link GrokVideoConstants#SHA256}
     * @param  ffmpeg   the program, by name or path
     * @throws io.github.grokvideo.component.error.UnsupportedException if there is no such program, or it makes no picture
     * @throws IOException                                              if no temporary file can be written
     * @throws InterruptedException                                     if this thread is interrupted
     */
    public void make(Exchange exchange, String ffmpeg) throws IOException, InterruptedException {
        Message message = exchange.getMessage();
        String jobId = message.getHeader(GrokVideoConstants.JOB_ID, String.class);
        String sha256 = message.getHeader(GrokVideoConstants.SHA256, String.class);
        String tag = '"' + sha256 + "-poster\"";
        boolean known = sha256 != null && EntityTags.names(message.getHeader("If-None-Match"), tag);
        String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        message.removeHeaders("*");
        if (!(message.getBody() instanceof File video)) {
            message.setHeader(Exchange.CONTENT_TYPE, type);
            return;
        }
        message.setBody(null);
        byte[] picture = known ? null : picture(video.toPath(), sha256, jobId, ffmpeg);
        if (!known && picture == null) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, BUSY);
            message.setHeader("Retry-After", 1);
            return;
        }
        if (sha256 != null) {
            message.setHeader("ETag", tag);
        }
        if (known) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, NOT_MODIFIED);
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, TYPE);
            message.setBody(picture);
        }
    }

    /** @return null = too many are being made */
    private byte[] picture(Path video, String sha256, String jobId, String ffmpeg) throws IOException, InterruptedException {
        byte[] known = sha256 == null ? null : kept.get(sha256);
        if (known != null) {
            return known;
        }
        if (!room.tryAcquire()) {
            return null;
        }
        try {
            byte[] made = made(video, jobId, ffmpeg);
            if (sha256 != null) {
                kept.put(sha256, made);
            }
            return made;
        } finally {
            room.release();
        }
    }

    private byte[] made(Path video, String jobId, String ffmpeg) throws IOException, InterruptedException {
        Path picture = Files.createTempFile("poster-", ".jpg");
        try {
            Process process = start(command(video, ffmpeg), picture, jobId, ffmpeg);
            boolean ended = false;
            try {
                ended = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                process.destroyForcibly();
            }
            long size = Files.size(picture);
            if (!ended || process.exitValue() != 0 || size == 0 || size > MOST_BYTES) {
                throw unsupported(jobId, ffmpeg + (ended ? " made no picture of this video" : " took longer than " + longest.toSeconds()
                        + " s"), null);
            }
            return Files.readAllBytes(picture);
        } finally {
            Files.deleteIfExists(picture);
        }
    }

    /** Read as an MP4 only, and from this file only: other formats are lists of files and addresses to read. */
    private static List<String> command(Path video, String ffmpeg) {
        return List.of(ffmpeg, "-nostdin", "-v", "error", "-threads", "1", "-protocol_whitelist", "file,pipe", "-f", "mov",
                "-max_pixels", String.valueOf(MOST_PIXELS), "-i", "file:" + video.toAbsolutePath(), "-frames:v", "1",
                "-vf", "scale=w='min(640,iw)':h=-2", "-c:v", "mjpeg", "-f", "image2pipe", "-fs", String.valueOf(MOST_BYTES), "pipe:1");
    }

    private static Process start(List<String> command, Path output, String jobId, String ffmpeg) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Keys may be in the environment.
        builder.environment().keySet().retainAll(ENVIRONMENT);
        try {
            return builder.start();
        } catch (IOException absent) {
            throw unsupported(jobId, "a picture of a video needs the program " + ffmpeg + ", which cannot be started here", absent);
        }
    }

    private static RuntimeException unsupported(String jobId, String what, Throwable cause) {
        RuntimeException failure = JobError.of(ErrorType.UNSUPPORTED, what, Charged.NO).toException(jobId, null);
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }
}
