// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.store.spend.BudgetFullException;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.BudgetWindow;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.LedgerEntry;
import io.github.grokvideo.component.store.spend.VideoTimes;

/**
 * Writes the rows of the ledger and the use of budgets, within the transaction that changes the job. A budget's row is locked from its
 * read to the commit, so that no two nodes can take the same rest of it.
 */
final class JdbcCharges {

    private static final String ENTRY = "INSERT INTO grokvideo_ledger (written_at, counted_at, kind, job_id, account, tag, provider, model,"
            + " mode, seconds, resolution, unit, jobs, reserved, estimated, reported, reported_estimate, queue_millis,"
            + " render_millis, lag_millis, download_millis) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String USE = "UPDATE grokvideo_budget SET reserved = reserved + ?, estimated = estimated + ?,"
            + " reported = reported + ? WHERE budget = ? AND window_start = ?";

    /** A budget that has no row for the period yet: it is created outside of the transaction, which is then tried again. */
    private static final class NotCounted extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient BudgetWindow window;

        private NotCounted(BudgetWindow window) {
            super(null, null, false, false);
            this.window = window;
        }
    }

    private final StoreCalls calls;
    private final JdbcBudgets counted;

    JdbcCharges(StoreCalls calls, JdbcBudgets counted) {
        this.calls = calls;
        this.counted = counted;
    }

    /**
     * @param  change  updates the job's row; false = it has changed in between, and nothing is written
     * @param  entries not empty
     * @return         what {@code change} returned
     * @throws BudgetFullException if a budget has no room; nothing is written
     */
    boolean write(VideoJob job, StoreCalls.Call<Boolean> change, List<LedgerEntry> entries, Budgets budgets) {
        List<BudgetWindow> windows = budgets.windows(job);
        while (true) {
            try {
                return calls.transaction(connection -> {
                    if (!change.run(connection)) {
                        return false;
                    }
                    for (LedgerEntry entry : entries) {
                        use(connection, job, windows, entry);
                    }
                    insert(connection, entries);
                    return true;
                });
            } catch (NotCounted missing) {
                counted.beginCounting(missing.window);
            }
        }
    }

    private void use(Connection connection, VideoJob job, List<BudgetWindow> windows, LedgerEntry entry) throws SQLException {
        for (BudgetWindow window : windows) {
            if (window.budget().limit().unit().equals(entry.unit())) {
                // Read with a lock, and not checked by the update: H2 does not check again what has changed while it waited for the lock.
                BudgetUse use = counted.locked(connection, window).orElseThrow(() -> new NotCounted(window));
                if (entry.takes() && use.left().compareTo(entry.total()) < 0) {
                    throw new BudgetFullException(job, use, entry.total());
                }
                use(connection, window, entry);
            }
        }
    }

    private static void use(Connection connection, BudgetWindow window, LedgerEntry entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(USE)) {
            amounts(statement, 1, entry.reserved(), entry.estimated(), entry.reported());
            statement.setString(4, JobRow.indexed(window.budget().key()));
            statement.setObject(5, time(window.from()));
            statement.executeUpdate();
        }
    }

    private static void insert(Connection connection, List<LedgerEntry> entries) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENTRY)) {
            for (LedgerEntry entry : entries) {
                VideoJob job = entry.job();
                VideoRequest request = job.request();
                statement.setObject(1, time(entry.at()));
                statement.setObject(2, time(entry.countedAt()));
                statement.setString(3, entry.kind().name());
                statement.setString(4, job.id());
                statement.setString(5, job.account());
                statement.setString(6, job.tag());
                statement.setString(7, job.provider());
                statement.setString(8, JobColumn.MODEL.cut(job.model()));
                statement.setString(9, job.mode() == null ? null : job.mode().value());
                statement.setObject(10, request == null ? null : request.duration(), Types.INTEGER);
                statement.setString(11, request == null || request.resolution() == null ? null : JobColumn.cut(request.resolution(), 100));
                statement.setString(12, entry.unit());
                statement.setInt(13, entry.jobs());
                amounts(statement, 14, entry.reserved(), entry.estimated(), entry.reported(), entry.reportedEstimate());
                VideoTimes times = entry.times();
                statement.setObject(18, times == null ? null : times.queue(), Types.BIGINT);
                statement.setObject(19, times == null ? null : times.render(), Types.BIGINT);
                statement.setObject(20, times == null ? null : times.lag(), Types.BIGINT);
                statement.setObject(21, times == null ? null : times.download(), Types.BIGINT);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void amounts(PreparedStatement statement, int first, BigDecimal... amounts) throws SQLException {
        for (int i = 0; i < amounts.length; i++) {
            statement.setBigDecimal(first + i, amounts[i]);
        }
    }

    static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
