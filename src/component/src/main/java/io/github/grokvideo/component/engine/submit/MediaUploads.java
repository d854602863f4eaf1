// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.LocalMedia;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.MediaType;
import io.github.grokvideo.component.job.RegularFile;
import io.github.grokvideo.component.job.RequestHash;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.VideoProvider;

/** Transfers local images and videos to the gateway: inline, by its upload call, or by the user's mediaPublisher. Free of charge. */
final class MediaUploads {

    /** Larger media are uploaded if there is an upload call, to keep the submit's JSON small. */
    private static final long LARGEST_INLINE_BYTES = 4L << 20;
    /** Limit without an upload call: the content is in memory more than once. */
    private static final long MAX_INLINE_BYTES = 64L << 20;

    private final UploadCalls uploads;
    private final MediaPublisherCalls publishers;
    private final Executor work;

    MediaUploads(EngineParts parts, CallGate gate) {
        this.uploads = new UploadCalls(parts, gate);
        this.publishers = new MediaPublisherCalls(parts);
        this.work = parts.work();
    }

    /**
     * Reads files; called on a work thread.
     *
     * @param  hash hash of the order's request when its job was created
     * @return      the request with all local media replaced, or a {@link io.github.grokvideo.component.error.GrokVideoException}: nothing
     *              was created
     */
    CompletableFuture<VideoRequest> deliver(VideoOrder order, VideoRequest request, String hash) {
        CompletableFuture<VideoRequest> delivered = deliver(order, request);
        return hasFiles(order.request()) ? delivered.thenApplyAsync(done -> unchanged(order, done, hash), work) : delivered;
    }

    /** @return ids of the files at the gateway that local media have become */
    static List<String> uploads(VideoRequest local, VideoRequest delivered) {
        Map<String, List<Media>> before = local.media();
        return delivered.media().entrySet().stream().flatMap(field -> field.getValue().stream()
                .filter(Media.GatewayFile.class::isInstance).filter(media -> !before.get(field.getKey()).contains(media))
                .map(media -> ((Media.GatewayFile) media).id())).toList();
    }

    private static boolean hasFiles(VideoRequest request) {
        return request.media().values().stream().flatMap(List::stream).anyMatch(Media.LocalFile.class::isInstance);
    }

    /** A file that has changed meanwhile is a different request: the job's key, and calls that attach to it, refer to the earlier one. */
    private static VideoRequest unchanged(VideoOrder order, VideoRequest delivered, String hash) {
        try {
            if (RequestHash.of(order.request()).equals(hash)) {
                return delivered;
            }
        } catch (UncheckedIOException e) {
            throw failed(order, "A local image or video can no longer be read: " + e.getCause(), e.getCause());
        }
        throw failed(order, "A local image or video has changed since the message arrived. Nothing was sent", null);
    }

    private CompletableFuture<VideoRequest> deliver(VideoOrder order, VideoRequest request) {
        // By identity: two equal images are two uploads, since a gateway may delete one of them.
        Map<Media, CompletableFuture<Media>> delivered = new IdentityHashMap<>();
        request.media().forEach((field, media) -> media.forEach(one ->
                delivered.computeIfAbsent(one, local -> deliver(order, request, field, local))));
        return CompletableFuture.allOf(delivered.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> request.withMedia((field, one) -> delivered.get(one).join()));
    }

    private CompletableFuture<Media> deliver(VideoOrder order, VideoRequest request, String field, Media media) {
        if (!(media instanceof Media.LocalFile) && !(media instanceof Media.Bytes)) {
            return CompletableFuture.completedFuture(media);
        }
        VideoProvider provider = order.account().provider();
        try {
            Set<MediaForm> forms = provider.mediaForms(request, field);
            if (forms.contains(MediaForm.FILE_PART)) {
                return CompletableFuture.completedFuture(media);
            }
            boolean uploadable = forms.contains(MediaForm.UPLOAD);
            if (forms.contains(MediaForm.DATA_URI) && (!uploadable || size(media) <= LARGEST_INLINE_BYTES)) {
                return CompletableFuture.completedFuture(inline(media));
            }
            if (uploadable) {
                return uploads.upload(order, media, field);
            }
            return publishers.publish(order, media);
        } catch (GrokVideoException known) {
            return CompletableFuture.failedFuture(known);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(failed(order, field + ": " + media + " could not be read: " + e, e));
        }
    }

    static RuntimeException failed(VideoOrder order, String message, Throwable cause) {
        RuntimeException error = JobError.of(ErrorType.SUBMIT_REJECTED, message, Charged.NO).withRetryable(true)
                .toException(order.jobId(), order.account().provider().name());
        error.initCause(cause);
        return error;
    }

    private static long size(Media media) throws IOException {
        if (media instanceof Media.LocalFile file) {
            try (RegularFile open = LocalMedia.open(file)) {
                return open.size();
            }
        }
        return ((Media.Bytes) media).content().length;
    }

    private static Media inline(Media media) throws IOException {
        byte[] content = media instanceof Media.LocalFile file ? read(file) : ((Media.Bytes) media).content();
        String type = MediaType.of(content);
        if (type == null && media instanceof Media.Bytes bytes) {
            type = bytes.contentType();
        }
        if (type == null) {
            throw new IOException("neither JPEG, PNG, WebP, GIF, MP4 nor WebM");
        }
        return new Media.Url("data:" + type + ";base64," + Base64.getEncoder().encodeToString(content));
    }

    private static byte[] read(Media.LocalFile file) throws IOException {
        try (RegularFile open = LocalMedia.open(file)) {
            if (open.size() > MAX_INLINE_BYTES) {
                throw new IOException("it has " + open.size() + " bytes; a request takes at most " + MAX_INLINE_BYTES);
            }
            return open.stream().readAllBytes();
        }
    }
}
