// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoName;
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
 * @param name           what the user wants the file to be called there; null = by the job's id
 * @param urlOnly        the user wants the URL and no file
 * @param mediaPublisher turns local media into a URL where the gateway takes nothing else; called on a work thread; null = none
 * @param waiter         who waits: {@link VideoEngine#detach} ends all its waits
 * @param labels         what the job is found and routed by; kept with it
 */
public record VideoOrder(
        String jobId, VideoAccount account, VideoRequest request, String jobKey, OnFailedKey onFailedKey,
        SubmitUnknown submitUnknown, Path directory, VideoName name, boolean urlOnly,
        Function<Media, CompletableFuture<String>> mediaPublisher, Object waiter, Labels labels) {

    public VideoOrder {
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(onFailedKey, "onFailedKey");
        Objects.requireNonNull(submitUnknown, "submitUnknown");
        Objects.requireNonNull(waiter, "waiter");
        Objects.requireNonNull(labels, "labels");
    }

    /** An order whose file is called by its job's id. */
    public VideoOrder(
            String jobId, VideoAccount account, VideoRequest request, String jobKey, OnFailedKey onFailedKey,
            SubmitUnknown submitUnknown, Path directory, boolean urlOnly, Function<Media, CompletableFuture<String>> mediaPublisher,
            Object waiter, Labels labels) {
        this(jobId, account, request, jobKey, onFailedKey, submitUnknown, directory, null, urlOnly, mediaPublisher, waiter, labels);
    }

    /** An order without labels, for a caller that waits for the video. */
    public VideoOrder(
            String jobId, VideoAccount account, VideoRequest request, String jobKey, OnFailedKey onFailedKey,
            SubmitUnknown submitUnknown, Path directory, boolean urlOnly, Function<Media, CompletableFuture<String>> mediaPublisher,
            Object waiter) {
        this(jobId, account, request, jobKey, onFailedKey, submitUnknown, directory, urlOnly, mediaPublisher, waiter, Labels.NONE);
    }

    /** @return the same for a call that comes again by itself: nobody decides anew whether a job in doubt is sent once more */
    public VideoOrder again() {
        return new VideoOrder(jobId, account, request, jobKey, onFailedKey, SubmitUnknown.FAIL, directory, name, urlOnly, mediaPublisher,
                waiter, labels);
    }

    /**
     * What a job is found and routed by.
     *
     * @param route    id of the route; null = none
     * @param tag      the user's word; null = none
     * @param metadata what the user wants back with the finished job; never null
     * @param detached whether nobody waits for the video: it comes out of {@code completed}
     */
    public record Labels(String route, String tag, Map<String, String> metadata, boolean detached) {

        public static final Labels NONE = new Labels(null, null, Map.of(), false);

        public Labels {
            metadata = Map.copyOf(metadata);
        }
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
