// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

/** The ledger in a table; the budgets are in {@link JdbcBudgets}. */
final class JdbcLedger implements SpendLedger {

    /** The ledger is summed up by quarters of an hour: every zone's days begin with one. */
    private static final int QUARTER = 900;

    /** What is purged stays in sums at the beginning of time, for the budgets that never renew. */
    private static final String CARRY = "INSERT INTO grokvideo_ledger (written_at, counted_at, kind, job_id, account, tag, provider, unit,"
            + " jobs, reserved, estimated, reported, reported_estimate) SELECT CURRENT_TIMESTAMP, ?, 'CARRIED', '', account, tag, provider,"
            + " unit, SUM(jobs), SUM(reserved), SUM(estimated), SUM(reported), SUM(reported_estimate) FROM grokvideo_ledger"
            + " WHERE written_at < ? GROUP BY account, tag, provider, unit";

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
