package io.github.grokvideo.component.engine;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;

/**
 * One submit.
 *
 * @param jobId          ours, made by the caller: the same id again attaches to the job it already made
 * @param account        who pays
 * @param request        what is wanted
 * @param jobKey         attaches across exchanges; null = none
 * @param onFailedKey    what a jobKey whose job ended badly does
 * @param submitUnknown  what an UNKNOWN job does when the same call comes again
 * @param directory      where the user wants the file; null = the work directory, and the file stays ours
 * @param urlOnly        the user wants the URL and no file
 * @param mediaPublisher turns local media into a URL where the gateway takes nothing else; called on a work thread; null = none
 * @param waiter         who waits: {@link VideoEngine#detach} ends all its waits
 */
public record VideoOrder(
        String jobId, VideoAccount account, VideoRequest request, String jobKey, OnFailedKey onFailedKey,
        SubmitUnknown submitUnknown, Path directory, boolean urlOnly, Function<Media, CompletableFuture<String>> mediaPublisher,
        Object waiter) {

    public VideoOrder {
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(onFailedKey, "onFailedKey");
        Objects.requireNonNull(submitUnknown, "submitUnknown");
        Objects.requireNonNull(waiter, "waiter");
    }

    /** What happens to a jobKey whose job FAILED, was MODERATED or EXPIRED. */
    public enum OnFailedKey {
        /** The same error again, without spending. */
        FAIL,
        /** A new job, which costs again. */
        RESUBMIT
    }

    /** What happens to a call whose job is UNKNOWN. */
    public enum SubmitUnknown {
        /** The same error again, without spending. */
        FAIL,
        /** A new job: the user's explicit choice to risk paying twice. */
        RESUBMIT
    }
}
