// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobUpdate;
import io.github.grokvideo.component.store.WarnedJobs;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.LedgerEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds rows, and changes them, each by compare-and-set on its revision. Many rows are changed with one transaction, so that the disk is
 * synced once and not per row.
 */
final class JdbcUpdates {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcJobStore.class);
    private static final int AT_ONCE = 500;
    private static final String INSERT = "INSERT INTO grokvideo_job (" + String.join(", ", JobRow.SET) + ", revision) VALUES ("
            + "?, ".repeat(JobRow.SET.size()) + "0)";
    private static final String UPDATE = "UPDATE grokvideo_job SET " + String.join(" = ?, ", JobRow.SET)
            + " = ?, revision = revision + 1, changed_at = CURRENT_TIMESTAMP WHERE id = ? AND revision = ?";

    /** A job and the revision it was read at. */
    record Stored(VideoJob job, long revision) {

        static Stored of(ResultSet row) throws SQLException {
            return new Stored(JobRow.job(row), row.getLong("revision"));
        }
    }

    private record Change(Stored before, VideoJob after, JobRow row) {

        private List<LedgerEntry> entries() {
            return LedgerEntry.between(before.job(), after);
        }

        private void set(PreparedStatement statement) throws SQLException {
            row.set(statement, 1);
            statement.setString(JobRow.SET.size() + 1, before.job().id());
            statement.setLong(JobRow.SET.size() + 2, before.revision());
        }
    }

    private final StoreCalls calls;
    private final WarnedJobs unreadable = new WarnedJobs();
    private final JdbcCharges charges;

    JdbcUpdates(StoreCalls calls, JdbcCharges charges) {
        this.calls = calls;
        this.charges = charges;
    }

    /** @return false = there is a job with the id, or with the jobKey */
    boolean insert(JobRow row) {
        return calls.call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                row.set(statement, 1);
                statement.executeUpdate();
                return true;
            } catch (SQLException e) {
                if (StoreCalls.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    return false;
                }
                throw e;
            }
        });
    }

    /**
     * @return                       false = the row has changed in between
     * @throws IllegalStateException if the jobKey belongs to another job
     */
    boolean replace(Stored before, VideoJob after, Budgets budgets) {
        return replace(new Change(before, after, JobRow.of(after)), budgets);
    }

    private boolean replace(Change change, Budgets budgets) {
        List<LedgerEntry> entries = change.entries();
        return entries.isEmpty() ? calls.call(connection -> replace(connection, change))
                : charges.write(change.after, connection -> replace(connection, change), entries, budgets);
    }

    private static boolean replace(Connection connection, Change change) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            change.set(statement);
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (StoreCalls.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw new IllegalStateException("The jobKey of job " + change.before.job().id() + " belongs to another job", e);
            }
            throw e;
        }
    }

    /** @return the changes that were stored */
    List<JobUpdate> updateAll(Collection<String> jobIds, UnaryOperator<VideoJob> change, Budgets budgets) {
        // All nodes lock rows in the same order: two that take over the same jobs would otherwise run into deadlocks.
        List<String> ids = jobIds.stream().filter(JobColumn::isText).distinct().sorted().toList();
        List<JobUpdate> stored = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<Change> changes = changes(ids.subList(from, Math.min(from + AT_ONCE, ids.size())), change);
            // Few jobs of a batch change what they cost: they are stored one by one, each with its budgets.
            Map<Boolean, List<Change>> byCharge = changes.stream().collect(Collectors.partitioningBy(one -> one.entries().isEmpty()));
            Stream.concat(replaced(byCharge.get(true)).stream(), byCharge.get(false).stream().filter(one -> isReplaced(one, budgets)))
                    .forEach(one -> stored.add(new JobUpdate(one.before.job(), one.after)));
        }
        return stored;
    }

    private List<Change> changes(List<String> ids, UnaryOperator<VideoJob> change) {
        List<Change> changes = new ArrayList<>();
        for (Stored before : read(ids)) {
            VideoJob after = change.apply(before.job());
            if (after != before.job()) {
                changes.add(new Change(before, after, JobRow.of(after)));
            }
        }
        return changes;
    }

    private List<Stored> read(List<String> ids) {
        return calls.scan(JdbcJobStore.SELECT + "WHERE id IN (" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ") ORDER BY id",
                statement -> {
                    for (int i = 0; i < ids.size(); i++) {
                        statement.setString(i + 1, ids.get(i));
                    }
                }, rows -> {
                    List<Stored> found = new ArrayList<>();
                    while (rows.next()) {
                        try {
                            found.add(Stored.of(rows));
                        } catch (IllegalArgumentException e) {
                            if (unreadable.isFirst(rows.getString("id"))) {
                                LOG.error("Job {} is skipped: {}", rows.getString("id"), e.getMessage());
                            }
                        }
                    }
                    return found;
                });
    }

    private List<Change> replaced(List<Change> changes) {
        if (changes.isEmpty()) {
            return changes;
        }
        try {
            int[] rows = calls.transaction(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
                    for (Change change : changes) {
                        change.set(statement);
                        statement.addBatch();
                    }
                    return statement.executeBatch();
                }
            });
            return IntStream.range(0, rows.length).filter(i -> rows[i] == 1).mapToObj(changes::get).toList();
        } catch (InvalidRequestException oneIsRefused) {
            // It has rolled back all others.
            return changes.stream().filter(change -> isReplaced(change, Budgets.NONE)).toList();
        }
    }

    private boolean isReplaced(Change change, Budgets budgets) {
        try {
            return replace(change, budgets);
        } catch (IllegalStateException | InvalidRequestException refused) {
            LOG.error("Job {} is skipped: {}", change.before.job().id(), refused.getMessage());
            return false;
        }
    }
}
