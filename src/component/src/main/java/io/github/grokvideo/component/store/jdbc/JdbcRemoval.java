// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.job.VideoJob;

/** Removes many rows with one statement, so that the disk is synced once and not per row. */
final class JdbcRemoval {

    private static final int AT_ONCE = 500;

    private record Row(JobRow row, long revision) {
    }

    private final StoreCalls calls;

    JdbcRemoval(StoreCalls calls) {
        this.calls = calls;
    }

    /** @return the jobs that were unchanged and have been removed */
    List<VideoJob> remove(List<VideoJob> jobs) {
        List<VideoJob> removed = new ArrayList<>();
        for (int from = 0; from < jobs.size(); from += AT_ONCE) {
            removed.addAll(removeSome(jobs.subList(from, Math.min(from + AT_ONCE, jobs.size()))));
        }
        return removed;
    }

    private List<VideoJob> removeSome(List<VideoJob> jobs) {
        Map<String, Row> rows = rows(jobs);
        List<VideoJob> same = jobs.stream()
                .filter(job -> rows.containsKey(job.id()) && rows.get(job.id()).row.equals(JobRow.of(job))).toList();
        if (same.isEmpty() || delete(same, rows) == same.size()) {
            return same;
        }
        // Some rows have changed in between.
        Map<String, Row> left = rows(same);
        return same.stream().filter(job -> !left.containsKey(job.id())).toList();
    }

    private int delete(List<VideoJob> jobs, Map<String, Row> rows) {
        return calls.call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "DELETE FROM grokvideo_job WHERE id IN (" + list("?", jobs.size()) + ") AND (id, revision) IN ("
                            + list("(?, ?)", jobs.size()) + ")")) {
                // H2 uses the index only for the plain list of ids.
                setIds(statement, jobs);
                int index = jobs.size() + 1;
                for (VideoJob job : jobs) {
                    statement.setString(index++, job.id());
                    statement.setLong(index++, rows.get(job.id()).revision);
                }
                return statement.executeUpdate();
            }
        });
    }

    private Map<String, Row> rows(List<VideoJob> jobs) {
        return calls.scan("SELECT " + JobRow.COLUMNS + " FROM grokvideo_job WHERE id IN (" + list("?", jobs.size()) + ")",
                statement -> setIds(statement, jobs), found -> {
                    Map<String, Row> rows = new HashMap<>();
                    while (found.next()) {
                        rows.put(found.getString("id"), new Row(JobRow.of(JobRow.job(found)), found.getLong("revision")));
                    }
                    return rows;
                });
    }

    private static void setIds(PreparedStatement statement, List<VideoJob> jobs) throws SQLException {
        for (int i = 0; i < jobs.size(); i++) {
            statement.setString(i + 1, jobs.get(i).id());
        }
    }

    private static String list(String value, int count) {
        return String.join(", ", Collections.nCopies(count, value));
    }
}
