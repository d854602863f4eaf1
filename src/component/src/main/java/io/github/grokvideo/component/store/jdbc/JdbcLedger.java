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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.BudgetWindow;
import io.github.grokvideo.component.store.spend.Budgets;
import io.github.grokvideo.component.store.spend.SpendLedger;
import io.github.grokvideo.component.store.spend.SpendQuery;
import io.github.grokvideo.component.store.spend.SpendSum;
import io.github.grokvideo.component.store.spend.SpendSums;

/** The ledger and the budgets' use in tables. */
final class JdbcLedger implements SpendLedger {

    private static final String SUMS = "COALESCE(SUM(reserved), 0) AS reserved, COALESCE(SUM(estimated), 0) AS estimated,"
            + " COALESCE(SUM(reported), 0) AS reported";
    /** The ledger is summed up by quarters of an hour: every zone's days begin with one. */
    private static final int QUARTER = 900;

    private final StoreCalls calls;

    JdbcLedger(StoreCalls calls) {
        this.calls = calls;
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
        return calls.scan("SELECT " + groups + (byDay ? " AS quarter, " : ", ") + "SUM(jobs) AS jobs, " + SUMS
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

    /**
     * Creates the row of a budget's period, with what the ledger has for it. A transaction that changes the ledger finds the row, or
     * creates it first, so that nothing is counted twice or left out.
     */
    void beginCounting(BudgetWindow window) {
        Budget budget = window.budget();
        String scope = switch (budget.scope()) {
            case STORE -> "";
            case ACCOUNT -> " AND account = ?";
            case TAG -> " AND tag = ?";
        };
        calls.call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO grokvideo_budget (budget, name, unit,"
                    + " window_start, window_end, reserved, estimated, reported) SELECT ?, ?, ?, ?, ?, " + SUMS
                    + " FROM grokvideo_ledger WHERE unit = ? AND counted_at >= ?" + (window.until() == null ? "" : " AND counted_at < ?")
                    + scope)) {
                int next = 1;
                statement.setString(next++, JobRow.indexed(window.name()));
                statement.setString(next++, JobColumn.cut(window.name(), 400));
                statement.setString(next++, budget.limit().unit());
                statement.setObject(next++, JdbcCharges.time(window.from()));
                statement.setObject(next++, window.until() == null ? null : JdbcCharges.time(window.until()),
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
                statement.setString(next++, budget.limit().unit());
                statement.setObject(next++, JdbcCharges.time(window.from()));
                if (window.until() != null) {
                    statement.setObject(next++, JdbcCharges.time(window.until()));
                }
                if (budget.of() != null) {
                    statement.setString(next, budget.of());
                }
                return statement.executeUpdate();
            } catch (SQLException e) {
                if (StoreCalls.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    // Another thread or node was faster.
                    return 0;
                }
                throw e;
            }
        });
    }

    private static Optional<BudgetUse> use(Connection connection, BudgetWindow window, String lock) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT reserved, estimated, reported, (SELECT amount"
                + " FROM grokvideo_budget_limit changed WHERE changed.budget = used.budget) AS changed FROM grokvideo_budget used"
                + " WHERE budget = ? AND window_start = ?" + lock)) {
            statement.setString(1, JobRow.indexed(window.name()));
            statement.setObject(2, JdbcCharges.time(window.from()));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(use(window, rows)) : Optional.empty();
            }
        }
    }

    /** @return with its row locked until the transaction ends; empty = it has not been used yet */
    Optional<BudgetUse> locked(Connection connection, BudgetWindow window) throws SQLException {
        return use(connection, window, " FOR UPDATE");
    }

    private static BudgetUse use(BudgetWindow window, ResultSet row) throws SQLException {
        BigDecimal changed = row.getBigDecimal("changed");
        return new BudgetUse(window, changed == null ? window.budget().limit().amount() : changed, row.getBigDecimal("reserved"),
                row.getBigDecimal("estimated"), row.getBigDecimal("reported"));
    }

    @Override
    public List<BudgetUse> uses(List<BudgetWindow> windows) {
        List<BudgetUse> uses = new ArrayList<>();
        for (BudgetWindow window : windows) {
            Optional<BudgetUse> use = calls.call(connection -> use(connection, window, ""));
            if (use.isEmpty()) {
                beginCounting(window);
                use = calls.call(connection -> use(connection, window, ""));
            }
            use.ifPresent(uses::add);
        }
        return uses;
    }

    @Override
    public List<BudgetUse> current(Budgets budgets, Instant now) {
        boolean each = budgets.all().stream().anyMatch(budget -> Budget.EACH.equals(budget.of()));
        Set<String> tags = each ? names(now).stream().flatMap(name -> Budget.tagOf(name).stream()).collect(Collectors.toSet()) : Set.of();
        return uses(budgets.current(tags, now));
    }

    private List<String> names(Instant now) {
        return calls.scan("SELECT DISTINCT name FROM grokvideo_budget WHERE window_end IS NULL OR window_end > ?",
                statement -> statement.setObject(1, JdbcCharges.time(now)), rows -> {
                    List<String> names = new ArrayList<>();
                    while (rows.next()) {
                        names.add(rows.getString("name"));
                    }
                    return names;
                });
    }

    @Override
    public Map<String, BigDecimal> changedLimits() {
        return calls.scan("SELECT name, amount FROM grokvideo_budget_limit", statement -> { }, rows -> {
            Map<String, BigDecimal> limits = new TreeMap<>();
            while (rows.next()) {
                limits.put(rows.getString("name"), rows.getBigDecimal("amount"));
            }
            return limits;
        });
    }

    @Override
    public void changeLimit(String budget, BigDecimal limit) {
        calls.transaction(connection -> {
            try (PreparedStatement old = connection.prepareStatement("DELETE FROM grokvideo_budget_limit WHERE budget = ?")) {
                old.setString(1, JobRow.indexed(budget));
                old.executeUpdate();
            }
            if (limit != null) {
                try (PreparedStatement next = connection.prepareStatement("INSERT INTO grokvideo_budget_limit (budget, name, amount,"
                        + " changed_at) VALUES (?, ?, ?, CURRENT_TIMESTAMP)")) {
                    next.setString(1, JobRow.indexed(budget));
                    next.setString(2, JobColumn.cut(budget, 400));
                    next.setBigDecimal(3, limit);
                    next.executeUpdate();
                }
            }
            return null;
        });
    }

    @Override
    public int purge(Instant before) {
        OffsetDateTime time = JdbcCharges.time(before);
        delete("DELETE FROM grokvideo_budget WHERE window_end < ?", time);
        return delete("DELETE FROM grokvideo_ledger WHERE written_at < ?", time);
    }

    private int delete(String sql, OffsetDateTime before) {
        return calls.call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, before);
                return statement.executeUpdate();
            }
        });
    }
}
