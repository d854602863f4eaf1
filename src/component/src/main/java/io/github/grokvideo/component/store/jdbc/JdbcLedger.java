// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.BudgetWindow;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.SpendLedger;
import io.github.grokvideo.component.store.spend.SpendQuery;
import io.github.grokvideo.component.store.spend.SpendSum;
import io.github.grokvideo.component.store.spend.SpendSums;
import io.github.grokvideo.component.store.spend.TimesSum;

/** The ledger in a table; the budgets are in {@link JdbcBudgets}. */
final class JdbcLedger implements SpendLedger {

    /** The ledger is summed up by quarters of an hour: every zone's days begin with one. */
    private static final int QUARTER = 900;

    /** What is purged stays in sums at the beginning of time, for the budgets that never renew. */
    private static final String CARRY = "INSERT INTO grokvideo_ledger (written_at, counted_at, kind, job_id, account, tag, provider, unit,"
            + " jobs, reserved, estimated, reported, reported_estimate) SELECT CURRENT_TIMESTAMP, ?, 'CARRIED', '', account, tag, provider,"
            + " unit, SUM(jobs), SUM(reserved), SUM(estimated), SUM(reported), SUM(reported_estimate) FROM grokvideo_ledger"
            + " WHERE written_at < ? AND kind <> 'TIMED' GROUP BY account, tag, provider, unit";

    private static final String TOTAL = "queue_millis + render_millis + COALESCE(lag_millis, 0) + COALESCE(download_millis, 0)";

    /** Sums of rows with times, which have no amounts. */
    private static final String TIMES = "COUNT(*) AS videos, " + percentile("0.5", "queue_millis", "queue") + ", "
            + percentile("0.5", "CASE WHEN lag_millis IS NOT NULL THEN render_millis END", "render") + ", "
            + percentile("0.5", "lag_millis", "lag") + ", " + percentile("0.5", "download_millis", "download") + ", "
            + percentile("0.5", TOTAL, "total") + ", " + percentile("0.95", TOTAL, "slowest");

    private final StoreCalls calls;
    private final JdbcBudgets budgets;

    JdbcLedger(StoreCalls calls, JdbcBudgets budgets) {
        this.calls = calls;
        this.budgets = budgets;
    }

    @Override
    public List<SpendSum> sums(SpendQuery query) {
        boolean byDay = query.by().contains(SpendQuery.By.DAY);
        List<String> columns = new ArrayList<>(query.by().stream().filter(by -> by != SpendQuery.By.DAY).map(SpendQuery.By::text).toList());
        columns.add("unit");
        if (byDay) {
            columns.add("FLOOR(EXTRACT(EPOCH FROM counted_at) / " + QUARTER + ")");
        }
        String groups = String.join(", ", columns);
        SpendSums sums = new SpendSums(query);
        return calls.scan("SELECT " + groups + (byDay ? " AS quarter, " : ", ") + "SUM(jobs) AS jobs, " + JdbcBudgets.SUMS
                + ", SUM(reported_estimate) AS reported_estimate FROM grokvideo_ledger WHERE counted_at >= ? AND counted_at < ? GROUP BY "
                + groups, statement -> {
                    statement.setObject(1, JdbcCharges.time(query.from()));
                    statement.setObject(2, JdbcCharges.time(query.until()));
                }, rows -> {
                    while (rows.next()) {
                        Map<SpendQuery.By, String> values = new HashMap<>();
                        for (SpendQuery.By by : query.by()) {
                            values.put(by, by == SpendQuery.By.DAY ? null : rows.getString(by.text()));
                        }
                        Instant at = byDay ? Instant.ofEpochSecond(rows.getBigDecimal("quarter").longValue() * QUARTER) : query.from();
                        sums.add(values, at, new SpendSum(Map.of(), rows.getString("unit"), rows.getLong("jobs"),
                                rows.getBigDecimal("reserved"), rows.getBigDecimal("estimated"), rows.getBigDecimal("reported"),
                                rows.getBigDecimal("reported_estimate")));
                    }
                    return sums.list();
                });
    }

    /** Rows for which the value is null do not count. */
    private static String percentile(String fraction, String value, String name) {
        return "PERCENTILE_CONT(" + fraction + ") WITHIN GROUP (ORDER BY " + value + ") AS " + name + "_at";
    }

    @Override
    public List<TimesSum> times(SpendQuery query) {
        String groups = String.join(", ", query.by().stream().filter(by -> by != SpendQuery.By.DAY).map(SpendQuery.By::text).toList());
        return calls.scan("SELECT " + groups + (groups.isEmpty() ? "" : ", ") + TIMES + " FROM grokvideo_ledger"
                + " WHERE counted_at >= ? AND counted_at < ? AND kind = 'TIMED'" + (groups.isEmpty() ? "" : " GROUP BY " + groups),
                statement -> {
                    statement.setObject(1, JdbcCharges.time(query.from()));
                    statement.setObject(2, JdbcCharges.time(query.until()));
                }, rows -> {
                    List<TimesSum> sums = new ArrayList<>();
                    while (rows.next()) {
                        if (rows.getLong("videos") > 0) {
                            sums.add(times(query, rows));
                        }
                    }
                    return TimesSum.sorted(query, sums.stream());
                });
    }

    private static TimesSum times(SpendQuery query, ResultSet row) throws SQLException {
        Map<SpendQuery.By, String> values = new HashMap<>();
        for (SpendQuery.By by : query.by()) {
            values.put(by, by == SpendQuery.By.DAY ? null : row.getString(by.text()));
        }
        return new TimesSum(TimesSum.group(query, values), row.getLong("videos"), millis(row, "queue"), millis(row, "render"),
                millis(row, "lag"), millis(row, "download"), millis(row, "total"), millis(row, "slowest"));
    }

    private static Long millis(ResultSet row, String name) throws SQLException {
        double value = row.getDouble(name + "_at");
        return row.wasNull() ? null : Math.round(value);
    }

    @Override
    public List<BudgetUse> uses(List<BudgetWindow> windows) {
        return budgets.uses(windows);
    }

    @Override
    public List<BudgetUse> current(Budgets all, Instant now) {
        return budgets.current(all, now);
    }

    @Override
    public void changeLimit(Budget budget, BigDecimal limit) {
        budgets.changeLimit(budget, limit);
    }

    @Override
    public void recount(Budgets all, Instant now) {
        budgets.recount(all, now);
    }

    @Override
    public int purge(Instant before) {
        OffsetDateTime time = JdbcCharges.time(before);
        return calls.transaction(connection -> {
            delete(connection, "DELETE FROM grokvideo_budget WHERE window_end < ?", time);
            try (PreparedStatement carried = connection.prepareStatement(CARRY)) {
                carried.setObject(1, JdbcCharges.time(Instant.EPOCH));
                carried.setObject(2, time);
                carried.executeUpdate();
            }
            return delete(connection, "DELETE FROM grokvideo_ledger WHERE written_at < ?", time);
        });
    }

    private static int delete(Connection connection, String sql, OffsetDateTime before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, before);
            return statement.executeUpdate();
        }
    }
}
