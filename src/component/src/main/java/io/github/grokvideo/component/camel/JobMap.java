// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.LinkedHashMap;
import java.util.Map;
import io.github.grokvideo.component.job.VideoJob;

/**
 * A job as a map of plain values, to be sent on as JSON, since {@code Camel*} headers do not cross brokers. {@code await} and
 * {@code status} read its {@code jobId} and {@code taskId} from a body.
 */
public final class JobMap {

    /** The component's id of the job. */
    public static final String JOB_ID = "jobId";
    /** The gateway's id of the task. */
    public static final String TASK_ID = "taskId";
    static final String ACCOUNT = "account";

    private JobMap() {
    }

    static Map<String, Object> of(VideoJob job) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(JOB_ID, job.id());
        put(map, TASK_ID, job.taskId());
        put(map, "provider", job.provider());
        put(map, ACCOUNT, job.account());
        put(map, "model", job.model());
        put(map, "mode", job.mode() == null ? null : job.mode().value());
        if (job.request() != null) {
            put(map, "duration", job.request().duration());
            put(map, "aspectRatio", job.request().aspectRatio());
            put(map, "resolution", job.request().resolution());
        }
        put(map, "tag", job.tag());
        put(map, "status", job.state().name());
        put(map, "progress", job.progress());
        if (job.cost() != null) {
            map.put("cost", job.cost().amount());
            map.put("costUnit", job.cost().unit());
            map.put("costEstimated", job.cost().estimated());
        }
        put(map, "deliveredTo", job.details().place(job.isElsewhere()));
        put(map, "fileId", job.details().fileId());
        put(map, "publicUrl", job.details().publicUrl());
        put(map, "answeredModel", job.details().answeredModel());
        put(map, "size", job.size());
        put(map, "sha256", job.sha256());
        put(map, "submittedAt", job.createdAt() == null ? null : job.createdAt().toString());
        put(map, "downloadedAt", job.downloadedAt() == null ? null : job.downloadedAt().toString());
        if (job.error() != null) {
            map.put("errorType", job.error().type().name());
            map.put("error", job.error().message());
        }
        return map;
    }

    private static void put(Map<String, Object> map, String name, Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
