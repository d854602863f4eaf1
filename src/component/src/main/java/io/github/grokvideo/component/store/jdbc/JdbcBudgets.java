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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** The rows of the ledger that count in a period; {@link #setWindow} sets the values. */
    private static String ofWindow(BudgetWindow window) {
        String scope = switch (window.budget().scope()) {
            case STORE -> "";
            case ACCOUNT -> " AND account = ?";
            case TAG -> " AND tag = ?";
        };
        return " FROM grokvideo_ledger WHERE unit = ? AND counted_at >= ?" + (window.until() == null ? "" : " AND counted_at < ?") + scope;
    }

    private static void setWindow(PreparedStatement statement, int first, BudgetWindow window) throws SQLException {
        int next = first;
        statement.setString(next++, window.budget().limit().unit());
        statement.setObject(next++, JdbcCharges.time(window.from()));
        if (window.until() != null) {
            statement.setObject(next++, JdbcCharges.time(window.until()));
        }
        if (window.budget().of() != null) {
            statement.setString(next, window.budget().of());
        }
    }

    /** Counts a budget's use anew from the ledger. */
    void recount(BudgetWindow window) {
        calls.transaction(connection -> {
            // Whoever changes the ledger has this lock first, so that nothing can be on its way.
            if (locked(connection, window).isPresent()) {
                recount(connection, window);
            }
            return null;
        });
    }

    private static void recount(Connection connection, BudgetWindow window) throws SQLException {
        BudgetUse counted;
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + SUMS + "" + ofWindow(window))) {
            setWindow(statement, 1, window);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                counted = new BudgetUse(window, BigDecimal.ONE, rows.getBigDecimal("reserved"), rows.getBigDecimal("estimated"),
                        rows.getBigDecimal("reported"));
            }
        }
        try (PreparedStatement statement = connection.prepareStatement("UPDATE grokvideo_budget SET reserved = ?, estimated = ?,"
                + " reported = ? WHERE budget = ? AND window_start = ?")) {
            statement.setBigDecimal(1, counted.reserved());
            statement.setBigDecimal(2, counted.estimated());
            statement.setBigDecimal(3, counted.reported());
            statement.setString(4, JobRow.indexed(window.budget().key()));
            statement.setObject(5, JdbcCharges.time(window.from()));
            statement.executeUpdate();
        }
    }

    private static Optional<BudgetUse> use(Connection connection, BudgetWindow window, String lock) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT reserved, estimated, reported, (SELECT amount"
                + " FROM grokvideo_budget_limit changed WHERE changed.budget = used.budget) AS changed FROM grokvideo_budget used"
                + " WHERE budget = ? AND window_start = ?" + lock)) {
            statement.setString(1, JobRow.indexed(window.budget().key()));
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

    List<BudgetUse> uses(List<BudgetWindow> windows) {
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

    List<BudgetUse> current(Budgets budgets, Instant now) {
        Map<Row, BudgetUse> rows = rows(now);
        boolean each = budgets.all().stream().anyMatch(budget -> Budget.EACH.equals(budget.of()));
        Set<String> tags = each ? rows.keySet().stream().flatMap(row -> Budget.tagOf(row.name).stream()).collect(Collectors.toSet())
                : Set.of();
        Map<String, BigDecimal> limits = limits();
        List<BudgetUse> uses = new ArrayList<>();
        for (BudgetWindow window : budgets.current(tags, now)) {
            BudgetUse used = rows.get(new Row(window.name(), window.budget().limit().unit(), window.from()));
            boolean ofEach = window.budget().scope() == Budget.Scope.TAG && !budgets.all().contains(window.budget());
            if (used != null || !ofEach) {
                BigDecimal limit = limits.getOrDefault(window.budget().key(), window.budget().limit().amount());
                uses.add(used == null ? new BudgetUse(window, limit, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO)
                        : new BudgetUse(window, limit, used.reserved(), used.estimated(), used.reported()));
            }
        }
        return uses;
    }

    private record Row(String name, String unit, Instant from) {
    }

    private Map<Row, BudgetUse> rows(Instant now) {
        return calls.scan("SELECT name, unit, window_start, reserved, estimated, reported FROM grokvideo_budget"
                + " WHERE window_end IS NULL OR window_end > ?", statement -> statement.setObject(1, JdbcCharges.time(now)), found -> {
                    Map<Row, BudgetUse> rows = new HashMap<>();
                    while (found.next()) {
                        Instant from = found.getObject("window_start", OffsetDateTime.class).toInstant();
                        rows.put(new Row(found.getString("name"), found.getString("unit"), from), new BudgetUse(null, BigDecimal.ZERO,
                                found.getBigDecimal("reserved"), found.getBigDecimal("estimated"), found.getBigDecimal("reported")));
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
