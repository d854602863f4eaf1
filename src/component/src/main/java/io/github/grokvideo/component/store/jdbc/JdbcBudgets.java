// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.store.spend.Budget;
import io.github.grokvideo.component.store.spend.BudgetUse;
import io.github.grokvideo.component.store.spend.BudgetWindow;
import io.github.grokvideo.component.store.spend.Budgets;

/** How much of each budget is used, a row for each of its periods, and the limits that operators have changed. */
final class JdbcBudgets {

    static final String SUMS = "COALESCE(SUM(reserved), 0) AS reserved, COALESCE(SUM(estimated), 0) AS estimated,"
            + " COALESCE(SUM(reported), 0) AS reported";
    private static final String CHANGE = "UPDATE grokvideo_budget_limit SET amount = ?, changed_at = CURRENT_TIMESTAMP WHERE budget = ?";
    private static final String ADD =
            "INSERT INTO grokvideo_budget_limit (amount, budget, name, changed_at) VALUES (?, ?, ?, CURRENT_TIMESTAMP)";

    /** What a row of a budget's period is for. */
    private record Row(String name, String unit, Instant from) {

        private static Row of(BudgetWindow window) {
            return new Row(window.name(), window.budget().limit().unit(), window.from());
        }
    }

    /** The rows of the ledger that count in a period, of any account and tag. */
    private record Span(String unit, Instant from, Instant until) {

        private static Span of(BudgetWindow window) {
            return new Span(window.budget().limit().unit(), window.from(), window.until());
        }
    }

    private record Used(BigDecimal reserved, BigDecimal estimated, BigDecimal reported) {

        private static final Used NOTHING = new Used(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

        /** Sums of no rows have other decimals than stored amounts. */
        private static Used of(ResultSet row) throws SQLException {
            return new Used(Cost.plain(row.getBigDecimal("reserved")), Cost.plain(row.getBigDecimal("estimated")),
                    Cost.plain(row.getBigDecimal("reported")));
        }

        /** @param changed limit set by an operator; null = as configured */
        private BudgetUse use(BudgetWindow window, BigDecimal changed) {
            return new BudgetUse(window, changed == null ? window.budget().limit().amount() : changed, reserved, estimated, reported);
        }
    }

    private final StoreCalls calls;

    JdbcBudgets(StoreCalls calls) {
        this.calls = calls;
    }

    /**
     * Creates the row of a budget's period, with what the ledger has for it. A transaction that changes the ledger finds the row, or
     * creates it first, so that nothing is counted twice or left out.
     */
    void beginCounting(BudgetWindow window) {
        calls.call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO grokvideo_budget (budget, name, unit,"
                    + " window_start, window_end, reserved, estimated, reported) SELECT ?, ?, ?, ?, ?, " + SUMS + ofWindow(window))) {
                statement.setString(1, JobRow.indexed(window.budget().key()));
                statement.setString(2, JobColumn.cut(window.name(), 400));
                statement.setString(3, window.budget().limit().unit());
                statement.setObject(4, JdbcCharges.time(window.from()));
                statement.setObject(5, window.until() == null ? null : JdbcCharges.time(window.until()), Types.TIMESTAMP_WITH_TIMEZONE);
                setWindow(statement, 6, window);
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

    /** The rows of the ledger that count in a budget's period; {@link #setWindow} sets the values. */
    private static String ofWindow(BudgetWindow window) {
        return ofPeriod(window) + switch (window.budget().scope()) {
            case STORE -> "";
            case ACCOUNT -> " AND account = ?";
            case TAG -> " AND tag = ?";
        };
    }

    private static String ofPeriod(BudgetWindow window) {
        return " FROM grokvideo_ledger WHERE unit = ? AND counted_at >= ?" + (window.until() == null ? "" : " AND counted_at < ?");
    }

    private static void setWindow(PreparedStatement statement, int first, BudgetWindow window) throws SQLException {
        int next = setPeriod(statement, first, window);
        if (window.budget().of() != null) {
            statement.setString(next, window.budget().of());
        }
    }

    /** @return index of the next value */
    private static int setPeriod(PreparedStatement statement, int first, BudgetWindow window) throws SQLException {
        int next = first;
        statement.setString(next++, window.budget().limit().unit());
        statement.setObject(next++, JdbcCharges.time(window.from()));
        if (window.until() != null) {
            statement.setObject(next++, JdbcCharges.time(window.until()));
        }
        return next;
    }

    /**
     * Counts the current use of budgets anew from the ledger. Only rows that differ from it are locked: usually there is none, and with
     * budgets for each tag there may be many.
     */
    void recount(Budgets budgets, Instant now) {
        Map<Row, Used> rows = rows(now);
        Map<Span, Map<String, Used>> tags = new HashMap<>();
        for (BudgetWindow window : budgets.current(names(rows), now)) {
            Used used = rows.get(Row.of(window));
            Used spent = window.budget().scope() == Budget.Scope.TAG
                    ? tags.computeIfAbsent(Span.of(window), span -> ofTags(window)).getOrDefault(window.budget().of(), Used.NOTHING)
                    : calls.call(connection -> spent(connection, window));
            if (used != null && !used.equals(spent)) {
                recount(window);
            }
        }
    }

    private Map<String, Used> ofTags(BudgetWindow window) {
        return calls.scan("SELECT tag, " + SUMS + ofPeriod(window) + " AND tag IS NOT NULL GROUP BY tag",
                statement -> setPeriod(statement, 1, window), rows -> {
                    Map<String, Used> tags = new HashMap<>();
                    while (rows.next()) {
                        tags.put(rows.getString("tag"), Used.of(rows));
                    }
                    return tags;
                });
    }

    private void recount(BudgetWindow window) {
        calls.transaction(connection -> {
            // Whoever changes the ledger has this lock first, so that nothing can be on its way.
            if (locked(connection, window).isPresent()) {
                store(connection, window, spent(connection, window));
            }
            return null;
        });
    }

    private static Used spent(Connection connection, BudgetWindow window) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + SUMS + ofWindow(window))) {
            setWindow(statement, 1, window);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return Used.of(rows);
            }
        }
    }

    private static void store(Connection connection, BudgetWindow window, Used used) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE grokvideo_budget SET reserved = ?, estimated = ?,"
                + " reported = ? WHERE budget = ? AND window_start = ?")) {
            statement.setBigDecimal(1, used.reserved());
            statement.setBigDecimal(2, used.estimated());
            statement.setBigDecimal(3, used.reported());
            statement.setString(4, JobRow.indexed(window.budget().key()));
            statement.setObject(5, JdbcCharges.time(window.from()));
            statement.executeUpdate();
        }
    }

    /** @return with its row locked until the transaction ends; empty = it has not been used yet */
    Optional<BudgetUse> locked(Connection connection, BudgetWindow window) throws SQLException {
        return read(connection, window, " FOR UPDATE");
    }

    private static Optional<BudgetUse> read(Connection connection, BudgetWindow window, String lock) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT reserved, estimated, reported, (SELECT amount"
                + " FROM grokvideo_budget_limit changed WHERE changed.budget = used.budget) AS changed FROM grokvideo_budget used"
                + " WHERE budget = ? AND window_start = ?" + lock)) {
            statement.setString(1, JobRow.indexed(window.budget().key()));
            statement.setObject(2, JdbcCharges.time(window.from()));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(Used.of(rows).use(window, rows.getBigDecimal("changed"))) : Optional.empty();
            }
        }
    }

    List<BudgetUse> uses(List<BudgetWindow> windows) {
        return windows.stream().map(window -> calls.call(connection -> read(connection, window, "")).orElseGet(() -> unused(window)))
                .toList();
    }

    /** The first job that counts in a period writes its row. */
    private BudgetUse unused(BudgetWindow window) {
        return calls.call(connection -> spent(connection, window)).use(window, limits().get(window.budget().key()));
    }

    List<BudgetUse> current(Budgets budgets, Instant now) {
        Map<Row, Used> rows = rows(now);
        Map<String, BigDecimal> limits = limits();
        return budgets.current(names(rows), now).stream().map(window -> rows.getOrDefault(Row.of(window), Used.NOTHING)
                .use(window, limits.get(window.budget().key()))).toList();
    }

    private static Set<String> names(Map<Row, Used> rows) {
        return rows.keySet().stream().map(Row::name).collect(Collectors.toSet());
    }

    private Map<Row, Used> rows(Instant now) {
        return calls.scan("SELECT name, unit, window_start, reserved, estimated, reported FROM grokvideo_budget"
                + " WHERE window_end IS NULL OR window_end > ?", statement -> statement.setObject(1, JdbcCharges.time(now)), found -> {
                    Map<Row, Used> rows = new HashMap<>();
                    while (found.next()) {
                        Instant from = found.getObject("window_start", OffsetDateTime.class).toInstant();
                        rows.put(new Row(found.getString("name"), found.getString("unit"), from), Used.of(found));
                    }
                    return rows;
                });
    }

    private Map<String, BigDecimal> limits() {
        return calls.scan("SELECT name, amount FROM grokvideo_budget_limit", statement -> { }, rows -> {
            Map<String, BigDecimal> limits = new HashMap<>();
            while (rows.next()) {
                limits.put(rows.getString("name"), rows.getBigDecimal("amount"));
            }
            return limits;
        });
    }

    void changeLimit(Budget budget, BigDecimal limit) {
        if (limit == null) {
            calls.call(connection -> set(connection, "DELETE FROM grokvideo_budget_limit WHERE budget = ?", budget, null));
        } else if (calls.call(connection -> set(connection, CHANGE, budget, limit)) == 0
                && calls.call(connection -> set(connection, ADD, budget, limit)) == 0) {
            // Somebody else has added it meanwhile.
            calls.call(connection -> set(connection, CHANGE, budget, limit));
        }
    }

    /** @param limit the first value; null = there is none */
    private static int set(Connection connection, String sql, Budget budget, BigDecimal limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = 1;
            if (limit != null) {
                statement.setBigDecimal(next++, limit);
            }
            statement.setString(next++, JobRow.indexed(budget.key()));
            if (sql.equals(ADD)) {
                statement.setString(next, JobColumn.cut(budget.key(), 400));
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            if (StoreCalls.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }
}
