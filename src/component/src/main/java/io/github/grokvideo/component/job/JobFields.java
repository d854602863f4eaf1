// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import io.github.grokvideo.component.error.JobError;

/**
 * The mutable fields of a {@link VideoJob}, from which its next snapshot is built; see there for what each means. Id, account, provider and
 * creation time never change. All setters return this. Not thread-safe.
 */
public final class JobFields implements Cloneable {

    String id;
    String account;
    String provider;
    String model;
    Mode mode;
    String jobKey;
    String requestHash;
    VideoRequest request;
    JobState state;
    String taskId;
    Integer progress;
    Instant createdAt;
    Instant submittedAt;
    Instant acceptedAt;
    Instant runningAt;
    Instant renderedAt;
    Instant downloadedAt;
    Instant endedAt;
    int submits;
    int polls;
    int downloads;
    String url;
    Instant urlExpiresAt;
    boolean urlOnly;
    Path directory;
    VideoName name;
    Path file;
    Long size;
    String sha256;
    Cost cost;
    JobError error;
    String route;
    String tag;
    Map<String, String> metadata;
    String node;
    String holder;
    int misses;
    JobDelivery delivery;
    JobDetails details;

    /** For stores that deserialize a job. */
    private JobFields() {
    }

    JobFields(String id, String account, String provider, Instant createdAt) {
        this.id = id;
        this.account = account;
        this.provider = provider;
        this.createdAt = createdAt;
        this.state = JobState.NEW;
    }

    JobFields copy() {
        try {
            return (JobFields) clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @return this, with defaults for fields that rows of earlier versions lack, and with an unmodifiable copy of the metadata */
    JobFields completed() {
        metadata = metadata == null || metadata.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(metadata));
        delivery = delivery == null ? JobDelivery.ATTACHED : delivery;
        details = JobDetails.NONE.equals(details) ? null : details;
        return this;
    }

    /** @param value the gateway's model id; null for a task submitted elsewhere
     *  @return this */
    public JobFields model(String value) {
        model = value;
        return this;
    }
    /** @param value null for a task submitted elsewhere
     *  @return this */
    public JobFields mode(Mode value) {
        mode = value;
        return this;
    }
    /** @param value the user's key; null = none
     *  @return this */
    public JobFields jobKey(String value) {
        jobKey = value;
        return this;
    }
    /** @param value SHA-256 in hex; null for a task submitted elsewhere
     *  @return this */
    public JobFields requestHash(String value) {
        requestHash = value;
        return this;
    }
    /** @param value without large media; null for a task submitted elsewhere
     *  @return this */
    public JobFields request(VideoRequest value) {
        request = value;
        return this;
    }
    /** @param value never null
     *  @return this */
    public JobFields state(JobState value) {
        state = value;
        return this;
    }
    /** @param value the gateway's id; null = not accepted
     *  @return this */
    public JobFields taskId(String value) {
        taskId = value;
        return this;
    }
    /** @param value percent, 0..100; null = not reported
     *  @return this */
    public JobFields progress(Integer value) {
        progress = value;
        return this;
    }
    /** @param value when the last POST began; null = none has
     *  @return this */
    public JobFields submittedAt(Instant value) {
        submittedAt = value;
        return this;
    }
    /** @param value when the gateway's answer arrived; null = not accepted
     *  @return this */
    public JobFields acceptedAt(Instant value) {
        acceptedAt = value;
        return this;
    }
    /** @param value when a poll first saw it running; null = not yet
     *  @return this */
    public JobFields runningAt(Instant value) {
        runningAt = value;
        return this;
    }
    /** @param value when a poll first saw the video; null = not yet
     *  @return this */
    public JobFields renderedAt(Instant value) {
        renderedAt = value;
        return this;
    }
    /** @param value when the verified file was in place; null = not yet
     *  @return this */
    public JobFields downloadedAt(Instant value) {
        downloadedAt = value;
        return this;
    }
    /** @param value when the job ended; null = not yet
     *  @return this */
    public JobFields endedAt(Instant value) {
        endedAt = value;
        return this;
    }
    /** @param value POSTs sent
     *  @return this */
    public JobFields submits(int value) {
        submits = value;
        return this;
    }
    /** @param value status queries sent
     *  @return this */
    public JobFields polls(int value) {
        polls = value;
        return this;
    }
    /** @param value downloads started
     *  @return this */
    public JobFields downloads(int value) {
        downloads = value;
        return this;
    }
    /** @param value URL of the video, a bearer secret; null = none
     *  @return this */
    public JobFields url(String value) {
        url = value;
        return this;
    }
    /** @param value when the URL expires; null = not reported
     *  @return this */
    public JobFields urlExpiresAt(Instant value) {
        urlExpiresAt = value;
        return this;
    }
    /** @param value whether the user wants only the URL, no file
     *  @return this */
    public JobFields urlOnly(boolean value) {
        urlOnly = value;
        return this;
    }
    /** @param value where the user wants the file; null = the component's work directory
     *  @return this */
    public JobFields directory(Path value) {
        directory = value;
        return this;
    }
    /** @param value file name in the directory; null = derived from the job id
     *  @return this */
    public JobFields name(VideoName value) {
        name = value;
        return this;
    }
    /** @param value the verified file; null = none, or gone
     *  @return this */
    public JobFields file(Path value) {
        file = value;
        return this;
    }
    /** @param value bytes; null = not downloaded
     *  @return this */
    public JobFields size(Long value) {
        size = value;
        return this;
    }
    /** @param value hex; null = not downloaded
     *  @return this */
    public JobFields sha256(String value) {
        sha256 = value;
        return this;
    }
    /** @param value reported by the gateway, else estimated; null = unknown
     *  @return this */
    public JobFields cost(Cost value) {
        cost = value;
        return this;
    }
    /** @param value why the job failed; null = it did not
     *  @return this */
    public JobFields error(JobError value) {
        error = value;
        return this;
    }
    /** @param value id of the route that submitted it; null = none
     *  @return this */
    public JobFields route(String value) {
        route = value;
        return this;
    }
    /** @param value the user's label for filtering; null = none
     *  @return this */
    public JobFields tag(String value) {
        tag = value;
        return this;
    }
    /** @param value the user's own values, copied by the next snapshot; null = none
     *  @return this */
    public JobFields metadata(Map<String, String> value) {
        metadata = value;
        return this;
    }
    /** @param value the node that owns the job; null = none
     *  @return this */
    public JobFields node(String value) {
        node = value;
        return this;
    }
    /** @param value id of the work directory that has the file; null = none
     *  @return this */
    public JobFields holder(String value) {
        holder = value;
        return this;
    }
    /** @param value consecutive status queries without a usable answer
     *  @return this */
    public JobFields misses(int value) {
        misses = value;
        return this;
    }
    /** @param value what only some jobs have; null = nothing
     *  @return this */
    public JobFields details(JobDetails value) {
        details = value;
        return this;
    }
    /** @param value who receives the outcome; null = ATTACHED
     *  @return this */
    public JobFields delivery(JobDelivery value) {
        delivery = value;
        return this;
    }
}
