// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import io.github.grokvideo.component.error.JobError;

/**
 * The fields of a {@link VideoJob} while its next snapshot is made. What each means is said there. Id, account, provider and the time of
 * its creation never change. Not thread-safe.
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

    /** For a store that reads a job. */
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

    /** @return this, with what rows of earlier versions do not have, and nothing that can be changed from outside */
    JobFields completed() {
        metadata = metadata == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(metadata));
        delivery = delivery == null ? JobDelivery.ATTACHED : delivery;
        return this;
    }

    /** All of them, to be compared. */
    List<Object> values() {
        return Arrays.asList(
                id, account, provider, model, mode, jobKey, requestHash, request, state, taskId, progress, createdAt, submittedAt,
                acceptedAt, runningAt, renderedAt, downloadedAt, endedAt, submits, polls, downloads, url, urlExpiresAt, urlOnly,
                directory, name, file, size, sha256, cost, error, route, tag, metadata, node, holder, misses, delivery);
    }

    public JobFields model(String value) {
        model = value;
        return this;
    }

    public JobFields mode(Mode value) {
        mode = value;
        return this;
    }

    public JobFields jobKey(String value) {
        jobKey = value;
        return this;
    }

    public JobFields requestHash(String value) {
        requestHash = value;
        return this;
    }

    public JobFields request(VideoRequest value) {
        request = value;
        return this;
    }

    public JobFields state(JobState value) {
        state = value;
        return this;
    }

    public JobFields taskId(String value) {
        taskId = value;
        return this;
    }

    public JobFields progress(Integer value) {
        progress = value;
        return this;
    }

    public JobFields submittedAt(Instant value) {
        submittedAt = value;
        return this;
    }

    public JobFields acceptedAt(Instant value) {
        acceptedAt = value;
        return this;
    }

    public JobFields runningAt(Instant value) {
        runningAt = value;
        return this;
    }

    public JobFields renderedAt(Instant value) {
        renderedAt = value;
        return this;
    }

    public JobFields downloadedAt(Instant value) {
        downloadedAt = value;
        return this;
    }

    public JobFields endedAt(Instant value) {
        endedAt = value;
        return this;
    }

    public JobFields submits(int value) {
        submits = value;
        return this;
    }

    public JobFields polls(int value) {
        polls = value;
        return this;
    }

    public JobFields downloads(int value) {
        downloads = value;
        return this;
    }

    public JobFields url(String value) {
        url = value;
        return this;
    }

    public JobFields urlExpiresAt(Instant value) {
        urlExpiresAt = value;
        return this;
    }

    public JobFields urlOnly(boolean value) {
        urlOnly = value;
        return this;
    }

    public JobFields directory(Path value) {
        directory = value;
        return this;
    }

    public JobFields name(VideoName value) {
        name = value;
        return this;
    }

    public JobFields file(Path value) {
        file = value;
        return this;
    }

    public JobFields size(Long value) {
        size = value;
        return this;
    }

    public JobFields sha256(String value) {
        sha256 = value;
        return this;
    }

    public JobFields cost(Cost value) {
        cost = value;
        return this;
    }

    public JobFields error(JobError value) {
        error = value;
        return this;
    }

    public JobFields route(String value) {
        route = value;
        return this;
    }

    public JobFields tag(String value) {
        tag = value;
        return this;
    }

    public JobFields metadata(Map<String, String> value) {
        metadata = value;
        return this;
    }

    public JobFields node(String value) {
        node = value;
        return this;
    }

    public JobFields holder(String value) {
        holder = value;
        return this;
    }

    public JobFields misses(int value) {
        misses = value;
        return this;
    }

    public JobFields delivery(JobDelivery value) {
        delivery = value;
        return this;
    }
}
