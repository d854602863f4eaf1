// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.VideoJob;

/**
 * A job as a row of {@code grokvideo_job}. The columns id, account, provider, state and node are authoritative, so that a migration can
 * read which node owns a job. The other columns are copies for queries: databases round times and limit index sizes, so the exact values
 * are in the JSON.
 */
record JobRow(
        String id, String account, String provider, String jobKey, String taskId, String state, String model, String tag, String node,
        String delivery, Instant createdAt, Instant videoAt, Instant endedAt, Instant deliverAt, String job) {

    /** The columns that {@link #set} sets, in order. */
    static final List<String> SET = List.of("id", "account", "provider", "job_key", "task_id", "state", "model", "tag", "node", "delivery",
            "created_at", "video_at", "ended_at", "deliver_at", "job");

    static final String COLUMNS = "id, account, provider, state, node, revision, job";

    private static final List<String> OWN_COLUMNS = List.of("id", "account", "provider", "state", "node");
    /** How many characters fit into a PostgreSQL index together with the account, at four bytes each. */
    private static final int LONGEST_INDEXED = 300;
    private static final String HASHED = "sha256:";
    private static final int LONGEST_MESSAGE = 2000;

    static JobRow of(VideoJob job) {
        String json = JobJson.write(job);
        return new JobRow(
                job.id(), job.account(), job.provider(), indexed(job.jobKey()), indexed(job.taskId()), job.state().name(),
                JobColumn.MODEL.cut(job.model()), JobColumn.TAG.cut(job.tag()), job.node(), job.delivery().state().name(), job.createdAt(),
                job.videoAt(), job.endedAt(), job.delivery().at(),
                json.length() <= JobColumn.LARGEST_JOB ? json : JobJson.write(withoutLargeMedia(job)));
    }

    /** The task id of a paid job must be stored, even if the rest has grown too large for a row. */
    private static VideoJob withoutLargeMedia(VideoJob job) {
        JobError error = job.error();
        return job.with(changes -> changes.request(null)
                .error(error == null ? null : error.withMessage(JobColumn.cut(error.message(), LONGEST_MESSAGE))));
    }

    /** @return the value as stored in its column */
    static String indexed(String value) {
        if (value == null || value.length() <= LONGEST_INDEXED && !value.startsWith(HASHED) && value.indexOf('\0') < 0) {
            return value;
        }
        try {
            return HASHED + HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** @param row positioned on a row with {@link #COLUMNS} */
    static VideoJob job(ResultSet row) throws SQLException {
        ObjectNode tree = JobJson.read(row.getString("job"));
        for (String column : OWN_COLUMNS) {
            tree.put(column, row.getString(column));
        }
        return JobJson.toJob(tree);
    }

    /** Sets the values of {@link #SET}, starting at parameter {@code first}. */
    void set(PreparedStatement statement, int first) throws SQLException {
        int index = first;
        for (String text : new String[] { id, account, provider, jobKey, taskId, state, model, tag, node, delivery }) {
            statement.setString(index++, text);
        }
        for (Instant time : new Instant[] { createdAt, videoAt, endedAt, deliverAt }) {
            statement.setObject(index++, time == null ? null : time.atOffset(ZoneOffset.UTC), java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
        }
        statement.setString(index, job);
    }
}
