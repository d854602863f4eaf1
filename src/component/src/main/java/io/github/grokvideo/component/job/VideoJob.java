// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import io.github.grokvideo.component.error.JobError;

/**
 * A job as it is stored: a snapshot that never changes. {@link #with} makes the next one.
 *
 * @param id            ours, unique; sent to ToAPIs as {@code client_business_id}
 * @param account       name of the account that pays
 * @param provider      name of the gateway
 * @param model         the gateway's model id; null for a task submitted elsewhere
 * @param mode          null for a task submitted elsewhere
 * @param jobKey        the user's key; null = none
 * @param requestHash   SHA-256 (hex) of the request; null for a task submitted elsewhere
 * @param request       what was asked, without large media; null for a task submitted elsewhere
 * @param state         where it is in its life
 * @param taskId        the gateway's id; null = not accepted
 * @param progress      0..100; null = not told
 * @param createdAt     when we first knew it
 * @param submittedAt   when its last POST began; null = none has
 * @param acceptedAt    when the gateway's answer arrived; null = not accepted
 * @param runningAt     when the gateway was first seen to work on it; null = it has not been
 * @param renderedAt    when a poll first saw the video; null = not yet
 * @param downloadedAt  when the verified file was in place; null = not yet
 * @param endedAt       when it reached an ended state; null = it has not
 * @param submits       POSTs sent
 * @param polls         status queries sent
 * @param downloads     downloads begun
 * @param url           where the video is at the gateway, a bearer secret; null = not rendered or fetched by task id
 * @param urlExpiresAt  null = not told
 * @param urlOnly       the user wants the URL and no file
 * @param directory     where the user wants the file; null = the component's work directory
 * @param name          what the user wants the file to be called there; null = by the job's id
 * @param file          the verified file; null = none, or gone
 * @param size          bytes; null = not downloaded
 * @param sha256        hex; null = not downloaded
 * @param cost          what the gateway said it costs, else the estimate; null = unknown
 * @param error         why it ended badly; null = it did not
 * @param route         id of the route that began it; null = none
 * @param tag           the user's word for it, to filter by; null = none
 * @param metadata      what the user wants to find again with the finished job; never null
 * @param node          the node that has it in hand; null = nobody, it is timed by the store
 * @param holder        the work directory that has the file, by its id; null = none has
 * @param misses        status queries in a row that taught nothing
 * @param delivery      who gets the outcome; never null
 */
public record VideoJob(
        String id, String account, String provider, String model, Mode mode, String jobKey, String requestHash,
        VideoRequest request, JobState state, String taskId, Integer progress, Instant createdAt, Instant submittedAt,
        Instant acceptedAt, Instant runningAt, Instant renderedAt, Instant downloadedAt, Instant endedAt, int submits, int polls,
        int downloads, String url, Instant urlExpiresAt, boolean urlOnly, Path directory, VideoName name, Path file,
        Long size, String sha256, Cost cost, JobError error, String route, String tag, Map<String, String> metadata,
        String node, String holder, int misses, JobDelivery delivery) {

    public VideoJob {
        // Rows of an earlier version have neither.
        metadata = metadata == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(metadata));
        delivery = delivery == null ? JobDelivery.ATTACHED : delivery;
    }

    /** When the video came here, else when it was first seen at the gateway; null = there is none. */
    public Instant videoAt() {
        return downloadedAt != null ? downloadedAt : renderedAt;
    }

    /** Whether the file is there. In a directory of the user's somebody may have put another one in its place: its size tells. */
    public boolean hasFile() {
        try {
            return file != null && Files.isRegularFile(file) && (name == null || size == null || Files.size(file) == size);
        } catch (IOException gone) {
            return false;
        }
    }

    /** @return a copy with the given changes */
    public VideoJob with(Consumer<Changes> change) {
        Changes changes = new Changes(this);
        change.accept(changes);
        return changes.build();
    }

    /** @return a new job in state NEW */
    public static VideoJob create(String id, String account, String provider, Instant createdAt, Consumer<Changes> fields) {
        return new VideoJob(
                id, account, provider, null, null, null, null, null, JobState.NEW, null, null, createdAt, null, null, null, null,
                null, null, 0, 0, 0, null, null, false, null, null, null, null, null, null, null, null, null, null, null, null, 0, null)
                        .with(fields);
    }

    @Override
    public String toString() {
        return "VideoJob[id=" + id + ", account=" + account + ", provider=" + provider + ", model=" + model + ", state=" + state
                + ", taskId=" + taskId + ", url=" + SignedUrl.masked(url) + "]";
    }

    /** The next snapshot in the making. */
    public static final class Changes {

        private final VideoJob from;
        private String model;
        private Mode mode;
        private String jobKey;
        private String requestHash;
        private VideoRequest request;
        private JobState state;
        private String taskId;
        private Integer progress;
        private Instant submittedAt;
        private Instant acceptedAt;
        private Instant runningAt;
        private Instant renderedAt;
        private Instant downloadedAt;
        private Instant endedAt;
        private int submits;
        private int polls;
        private int downloads;
        private String url;
        private Instant urlExpiresAt;
        private boolean urlOnly;
        private Path directory;
        private VideoName name;
        private Path file;
        private Long size;
        private String sha256;
        private Cost cost;
        private JobError error;
        private String route;
        private String tag;
        private Map<String, String> metadata;
        private String node;
        private String holder;
        private int misses;
        private JobDelivery delivery;

        private Changes(VideoJob job) {
            from = job;
            model = job.model;
            mode = job.mode;
            jobKey = job.jobKey;
            requestHash = job.requestHash;
            request = job.request;
            state = job.state;
            taskId = job.taskId;
            progress = job.progress;
            submittedAt = job.submittedAt;
            acceptedAt = job.acceptedAt;
            runningAt = job.runningAt;
            renderedAt = job.renderedAt;
            downloadedAt = job.downloadedAt;
            endedAt = job.endedAt;
            submits = job.submits;
            polls = job.polls;
            downloads = job.downloads;
            url = job.url;
            urlExpiresAt = job.urlExpiresAt;
            urlOnly = job.urlOnly;
            directory = job.directory;
            name = job.name;
            file = job.file;
            size = job.size;
            sha256 = job.sha256;
            cost = job.cost;
            error = job.error;
            route = job.route;
            tag = job.tag;
            metadata = job.metadata;
            node = job.node;
            holder = job.holder;
            misses = job.misses;
            delivery = job.delivery;
        }

        public Changes model(String value) {
            model = value;
            return this;
        }

        public Changes mode(Mode value) {
            mode = value;
            return this;
        }

        public Changes jobKey(String value) {
            jobKey = value;
            return this;
        }

        public Changes requestHash(String value) {
            requestHash = value;
            return this;
        }

        public Changes request(VideoRequest value) {
            request = value;
            return this;
        }

        public Changes state(JobState value) {
            state = value;
            return this;
        }

        public Changes taskId(String value) {
            taskId = value;
            return this;
        }

        public Changes progress(Integer value) {
            progress = value;
            return this;
        }

        public Changes submittedAt(Instant value) {
            submittedAt = value;
            return this;
        }

        public Changes acceptedAt(Instant value) {
            acceptedAt = value;
            return this;
        }

        public Changes runningAt(Instant value) {
            runningAt = value;
            return this;
        }

        public Changes renderedAt(Instant value) {
            renderedAt = value;
            return this;
        }

        public Changes downloadedAt(Instant value) {
            downloadedAt = value;
            return this;
        }

        public Changes endedAt(Instant value) {
            endedAt = value;
            return this;
        }

        public Changes submits(int value) {
            submits = value;
            return this;
        }

        public Changes polls(int value) {
            polls = value;
            return this;
        }

        public Changes downloads(int value) {
            downloads = value;
            return this;
        }

        public Changes url(String value) {
            url = value;
            return this;
        }

        public Changes urlExpiresAt(Instant value) {
            urlExpiresAt = value;
            return this;
        }

        public Changes urlOnly(boolean value) {
            urlOnly = value;
            return this;
        }

        public Changes directory(Path value) {
            directory = value;
            return this;
        }

        public Changes name(VideoName value) {
            name = value;
            return this;
        }

        public Changes file(Path value) {
            file = value;
            return this;
        }

        public Changes size(Long value) {
            size = value;
            return this;
        }

        public Changes sha256(String value) {
            sha256 = value;
            return this;
        }

        public Changes cost(Cost value) {
            cost = value;
            return this;
        }

        public Changes error(JobError value) {
            error = value;
            return this;
        }

        public Changes route(String value) {
            route = value;
            return this;
        }

        public Changes tag(String value) {
            tag = value;
            return this;
        }

        public Changes metadata(Map<String, String> value) {
            metadata = value;
            return this;
        }

        public Changes node(String value) {
            node = value;
            return this;
        }

        public Changes holder(String value) {
            holder = value;
            return this;
        }

        public Changes misses(int value) {
            misses = value;
            return this;
        }

        public Changes delivery(JobDelivery value) {
            delivery = value;
            return this;
        }

        private VideoJob build() {
            return new VideoJob(
                    from.id, from.account, from.provider, model, mode, jobKey, requestHash, request, state, taskId, progress,
                    from.createdAt, submittedAt, acceptedAt, runningAt, renderedAt, downloadedAt, endedAt, submits, polls, downloads, url,
                    urlExpiresAt, urlOnly, directory, name, file, size, sha256, cost, error, route, tag, metadata, node, holder, misses,
                    delivery);
        }
    }
}
