// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import io.github.grokvideo.component.error.JobError;

/** Immutable snapshot of a job as it is stored. {@link #with} creates the next one. Snapshots with equal fields are equal. */
public final class VideoJob {

    private final JobFields fields;

    private VideoJob(JobFields fields) {
        this.fields = fields;
    }

    /**
     * @param  id        the component's job id, unique
     * @param  account   name of the account that pays
     * @param  provider  name of the gateway
     * @param  createdAt when the component first knew the job
     * @param  change    sets the other fields
     * @return           a new job in state NEW, unless {@code change} sets another
     */
    public static VideoJob create(String id, String account, String provider, Instant createdAt, Consumer<JobFields> change) {
        return of(new JobFields(id, account, provider, createdAt), change);
    }

    /** @param fields copied
     *  @return       a job with these fields */
    public static VideoJob of(JobFields fields) {
        return of(fields, same -> { });
    }

    /** @param change sets the fields that differ
     *  @return       a copy with the given changes */
    public VideoJob with(Consumer<JobFields> change) {
        return of(fields, change);
    }

    private static VideoJob of(JobFields from, Consumer<JobFields> change) {
        JobFields next = from.copy();
        change.accept(next);
        return new VideoJob(next.completed());
    }

    /** @return a copy of all fields, for storing */
    public JobFields fields() {
        return fields.copy();
    }

    /** @return when the video was downloaded, else when it was first seen at the gateway; null = there is none */
    public Instant videoAt() {
        return fields.downloadedAt != null ? fields.downloadedAt : fields.renderedAt;
    }

    /** @return whether the gateway has put the video elsewhere itself, so that there is neither a URL nor a file here */
    public boolean isElsewhere() {
        return fields.url == null && details().uploadTo() != null && (fields.state == JobState.RENDERED || fields.state.hasVideo());
    }

    /** @return whether the file exists; in a user's directory, where it may have been replaced, its size must match */
    public boolean hasFile() {
        try {
            BasicFileAttributes file = fields.file == null ? null : Files.readAttributes(fields.file, BasicFileAttributes.class);
            return file != null && file.isRegularFile() && (fields.name == null || fields.size == null || file.size() == fields.size);
        } catch (IOException gone) {
            return false;
        }
    }

    /** @return the component's job id, unique; sent to ToAPIs as {@code client_business_id} */
    public String id() {
        return fields.id;
    }

    /** @return name of the account that pays */
    public String account() {
        return fields.account;
    }

    /** @return name of the gateway */
    public String provider() {
        return fields.provider;
    }

    /** @return the gateway's model id; null for a task submitted elsewhere */
    public String model() {
        return fields.model;
    }

    /** @return null for a task submitted elsewhere */
    public Mode mode() {
        return fields.mode;
    }

    /** @return the user's key; null = none */
    public String jobKey() {
        return fields.jobKey;
    }

    /** @return SHA-256 (hex) of the request; null for a task submitted elsewhere */
    public String requestHash() {
        return fields.requestHash;
    }

    /** @return the request without large media; null for a task submitted elsewhere */
    public VideoRequest request() {
        return fields.request;
    }

    /** @return the state; never null */
    public JobState state() {
        return fields.state;
    }

    /** @return the gateway's id; null = not accepted */
    public String taskId() {
        return fields.taskId;
    }

    /** @return percent, 0..100; null = not reported */
    public Integer progress() {
        return fields.progress;
    }

    /** @return when this component first knew the job */
    public Instant createdAt() {
        return fields.createdAt;
    }

    /** @return when the last POST began; null = none has */
    public Instant submittedAt() {
        return fields.submittedAt;
    }

    /** @return when the gateway's answer arrived; null = not accepted */
    public Instant acceptedAt() {
        return fields.acceptedAt;
    }

    /** @return when a poll first saw it running; null = not yet */
    public Instant runningAt() {
        return fields.runningAt;
    }

    /** @return when a poll first saw the video; null = not yet */
    public Instant renderedAt() {
        return fields.renderedAt;
    }

    /** @return when the verified file was in place; null = not yet */
    public Instant downloadedAt() {
        return fields.downloadedAt;
    }

    /** @return when the job ended; null = not yet */
    public Instant endedAt() {
        return fields.endedAt;
    }

    /** @return POSTs sent */
    public int submits() {
        return fields.submits;
    }

    /** @return status queries sent */
    public int polls() {
        return fields.polls;
    }

    /** @return downloads started */
    public int downloads() {
        return fields.downloads;
    }

    /** @return the video's URL at the gateway, a bearer secret; null = not rendered, or downloaded by task id */
    public String url() {
        return fields.url;
    }

    /** @return when the URL expires; null = not reported */
    public Instant urlExpiresAt() {
        return fields.urlExpiresAt;
    }

    /** @return whether the user wants only the URL, no file */
    public boolean urlOnly() {
        return fields.urlOnly;
    }

    /** @return where the user wants the file; null = the component's work directory */
    public Path directory() {
        return fields.directory;
    }

    /** @return the file name in that directory; null = derived from the job id */
    public VideoName name() {
        return fields.name;
    }

    /** @return the verified file; null = none, or gone */
    public Path file() {
        return fields.file;
    }

    /** @return bytes; null = not downloaded */
    public Long size() {
        return fields.size;
    }

    /** @return hex; null = not downloaded */
    public String sha256() {
        return fields.sha256;
    }

    /** @return the cost reported by the gateway, else the estimate; null = unknown */
    public Cost cost() {
        return fields.cost;
    }

    /** @return why the job failed; null = it did not */
    public JobError error() {
        return fields.error;
    }

    /** @return id of the route that submitted it; null = none */
    public String route() {
        return fields.route;
    }

    /** @return the user's label for filtering; null = none */
    public String tag() {
        return fields.tag;
    }

    /** @return the user's own values, returned with the completed job; unmodifiable, never null */
    public Map<String, String> metadata() {
        return fields.metadata;
    }

    /** @return what only some jobs have; never null */
    public JobDetails details() {
        return fields.details == null ? JobDetails.NONE : fields.details;
    }

    /** @return the node that owns the job; null = none, the store schedules it */
    public String node() {
        return fields.node;
    }

    /** @return id of the work directory that has the file; null = none */
    public String holder() {
        return fields.holder;
    }

    /** @return consecutive status queries without a usable answer */
    public int misses() {
        return fields.misses;
    }

    /** @return who receives the outcome; never null */
    public JobDelivery delivery() {
        return fields.delivery;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VideoJob job && values().equals(job.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "VideoJob[id=" + id() + ", account=" + account() + ", provider=" + provider() + ", model=" + model() + ", state=" + state()
                + ", taskId=" + taskId() + ", url=" + SignedUrl.masked(url()) + "]";
    }

    private List<Object> values() {
        return Arrays.asList(
                fields.id, fields.account, fields.provider, fields.model, fields.mode, fields.jobKey, fields.requestHash, fields.request,
                fields.state, fields.taskId, fields.progress, fields.createdAt, fields.submittedAt, fields.acceptedAt, fields.runningAt,
                fields.renderedAt, fields.downloadedAt, fields.endedAt, fields.submits, fields.polls, fields.downloads, fields.url,
                fields.urlExpiresAt, fields.urlOnly, fields.directory, fields.name, fields.file, fields.size, fields.sha256, fields.cost,
                fields.error, fields.route, fields.tag, fields.metadata, fields.node, fields.holder, fields.misses, fields.delivery,
                fields.details);
    }
}
