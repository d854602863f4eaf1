// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.GatewayCall;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.GatewayCalls;
import io.github.grokvideo.component.engine.limits.CallGate;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.LenientUrl;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaFilePart;
import io.github.grokvideo.component.provider.UploadAnswer;

/**
 * Uploads local media with the gateway's upload call, and, if its answer names a place, sends them there. Uploads cost nothing, so a failed
 * one is retried from its first call.
 */
final class UploadCalls {

    private static final int MAX_TRIES = 3;

    private final GatewayCalls gateway;
    private final CallGate gate;
    private final Duration timeout;
    private final Duration keep;

    UploadCalls(EngineParts parts, CallGate gate) {
        this.gateway = parts.gateway();
        this.gate = gate;
        this.timeout = parts.settings().submitTimeout();
        this.keep = parts.settings().keepUploads();
    }

    /** @return the media at the gateway, or a {@link GrokVideoException}: nothing was created */
    CompletableFuture<Media> upload(VideoOrder order, Media media, String field) {
        return upload(new Upload(order, media, field), 1);
    }

    private record Upload(VideoOrder order, Media media, String field) {

        VideoAccount account() {
            return order.account();
        }
    }

    private CompletableFuture<Media> upload(Upload upload, int attempt) {
        return call(upload).handle((done, failure) -> {
            if (failure == null) {
                return CompletableFuture.completedFuture(done);
            }
            GrokVideoException error = typed(upload, EngineErrors.unwrap(failure));
            return error.getError().retryable() && attempt < MAX_TRIES ? upload(upload, attempt + 1)
                    : CompletableFuture.<Media>failedFuture(error);
        }).thenCompose(result -> result);
    }

    private CompletableFuture<Media> call(Upload upload) {
        VideoAccount account = upload.account();
        HttpCall call = account.provider().upload(upload.media, upload.field, keep).orElseThrow();
        return gate.urgent(() -> gateway.call(GatewayCall.Operation.UPLOAD, upload.order.jobId(), account, call, timeout))
                .thenCompose(answer -> {
                    UploadAnswer meaning = account.provider().uploaded(answer);
                    return meaning instanceof UploadAnswer.SendTo place ? send(upload, place)
                            : CompletableFuture.completedFuture(uploaded(account, meaning));
                });
    }

    private static Media uploaded(VideoAccount account, UploadAnswer meaning) {
        if (meaning instanceof UploadAnswer.Uploaded done) {
            return done.media();
        }
        throw ((UploadAnswer.Refused) meaning).error().toException(null, account.provider().name());
    }

    private CompletableFuture<Media> send(Upload upload, UploadAnswer.SendTo place) {
        VideoAccount account = upload.account();
        Optional<URI> address = LenientUrl.under(account.access().baseUrl(), place.url());
        if (address.isEmpty()) {
            throw refused(account, "named a place that is not a valid address", false, null);
        }
        HttpCall file = new HttpCall(place.method(), "/", place.headers(),
                new HttpCall.FileBytes(MediaFilePart.of("file", upload.media).contentType(), upload.media));
        return gate.urgent(() -> gateway.send(upload.order.jobId(), account, address.get(), file, timeout)).thenApply(answer -> {
            if (!answer.isSuccess()) {
                throw refused(account, "named a place that answered HTTP " + answer.status(), answer.status() >= 500, answer);
            }
            return place.media();
        });
    }

    /** @param answer null = nothing was sent */
    private static GrokVideoException refused(VideoAccount account, String what, boolean retryable, HttpAnswer answer) {
        String gateway = account.provider().name();
        return new JobError(ErrorType.SUBMIT_REJECTED, "The upload of a local file failed: " + gateway + " " + what, Charged.NO, retryable,
                answer == null ? null : answer.status(), null, null).toException(null, gateway);
    }

    private static GrokVideoException typed(Upload upload, Throwable failure) {
        return failure instanceof GrokVideoException known ? known
                : JobError.of(ErrorType.SUBMIT_REJECTED, "The upload of a local file failed: " + failure.getMessage(), Charged.NO)
                        .withRetryable(true).toException(null, upload.account().provider().name());
    }
}
