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

/** One submit. Immutable. */
public final class VideoOrder {

    private final Builder values;

    private VideoOrder(Builder values) {
        this.values = values;
    }

    /**
     * @param jobId   ours, made by the caller: the same id again attaches to the job it already made
     * @param account who pays
     * @param request what is wanted
     */
    public static Builder builder(String jobId, VideoAccount account, VideoRequest request) {
        return new Builder(jobId, account, request);
    }

    /** @return the same for a call that comes again by itself: nobody decides anew whether a job in doubt is sent once more */
    public VideoOrder again() {
        return new VideoOrder(values.copy().submitUnknown(SubmitUnknown.FAIL));
    }

    /** @return ours, made by the caller: the same id again attaches to the job it already made */
    public String jobId() {
        return values.jobId;
    }

    /** @return who pays */
    public VideoAccount account() {
        return values.account;
    }

    /** @return what is wanted */
    public VideoRequest request() {
        return values.request;
    }

    /** @return attaches across exchanges; null = none */
    public String jobKey() {
        return values.jobKey;
    }

    /** @return what a jobKey whose job ended badly does */
    public OnFailedKey onFailedKey() {
        return values.onFailedKey;
    }

    /** @return what an UNKNOWN job does when the same call comes again */
    public SubmitUnknown submitUnknown() {
        return values.submitUnknown;
    }

    /** @return where the user wants the file; null = the work directory, and the file stays ours */
    public Path directory() {
        return values.directory;
    }

    /** @return what the user wants the file to be called there; null = by the job's id */
    public VideoName name() {
        return values.name;
    }

    /** @return the user wants the URL and no file */
    public boolean urlOnly() {
        return values.urlOnly;
    }

    /** @return turns local media into a URL where the gateway takes nothing else; called on a work thread; null = none */
    public Function<Media, CompletableFuture<String>> mediaPublisher() {
        return values.mediaPublisher;
    }

    /** @return who waits: {@link VideoEngine#detach} ends all its waits */
    public Object waiter() {
        return values.waiter;
    }

    /** @return what the job is found and routed by; kept with it */
    public Labels labels() {
        return values.labels;
    }

    /** Makes an order. Not thread-safe. */
    public static final class Builder implements Cloneable {

        private final String jobId;
        private final VideoAccount account;
        private final VideoRequest request;
        private String jobKey;
        private OnFailedKey onFailedKey = OnFailedKey.FAIL;
        private SubmitUnknown submitUnknown = SubmitUnknown.FAIL;
        private Path directory;
        private VideoName name;
        private boolean urlOnly;
        private Function<Media, CompletableFuture<String>> mediaPublisher;
        private Object waiter;
        private Labels labels = Labels.NONE;

        private Builder(String jobId, VideoAccount account, VideoRequest request) {
            this.jobId = Objects.requireNonNull(jobId, "jobId");
            this.account = Objects.requireNonNull(account, "account");
            this.request = Objects.requireNonNull(request, "request");
        }

        public Builder jobKey(String value) {
            jobKey = value;
            return this;
        }

        public Builder onFailedKey(OnFailedKey value) {
            onFailedKey = Objects.requireNonNull(value, "onFailedKey");
            return this;
        }

        public Builder submitUnknown(SubmitUnknown value) {
            submitUnknown = Objects.requireNonNull(value, "submitUnknown");
            return this;
        }

        public Builder directory(Path value) {
            directory = value;
            return this;
        }

        public Builder name(VideoName value) {
            name = value;
            return this;
        }

        public Builder urlOnly(boolean value) {
            urlOnly = value;
            return this;
        }

        public Builder mediaPublisher(Function<Media, CompletableFuture<String>> value) {
            mediaPublisher = value;
            return this;
        }

        public Builder waiter(Object value) {
            waiter = Objects.requireNonNull(value, "waiter");
            return this;
        }

        public Builder labels(Labels value) {
            labels = Objects.requireNonNull(value, "labels");
            return this;
        }

        public VideoOrder build() {
            Objects.requireNonNull(waiter, "waiter");
            return new VideoOrder(copy());
        }

        private Builder copy() {
            try {
                return (Builder) clone();
            } catch (CloneNotSupportedException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
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
