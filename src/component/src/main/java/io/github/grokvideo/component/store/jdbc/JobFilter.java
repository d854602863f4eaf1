// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;







import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import io.github.grokvideo.component.store.JobQuery;

/** A {@link JobQuery} as SQL. */
final class JobFilter {

    private static final String TEXT_COLUMNS = "LOWER(id) LIKE ? ESCAPE '!' OR LOWER(job_key) LIKE ? ESCAPE '!'"
            + " OR LOWER(task_id) LIKE ? ESCAPE '!' OR LOWER(tag) LIKE ? ESCAPE '!' OR LOWER(model) LIKE ? ESCAPE '!'";
    private static final int TEXT_COLUMN_COUNT = 5;
    private static final String CREATED_AT = "(SELECT other.created_at FROM grokvideo_job other WHERE other.id = ?)";
    /** For a value that no database can store as text. */
    private static final String NOTHING = "1 = 0";

    private final List<String> conditions = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final String order;

    private JobFilter(String order) {
        this.order = order;
    }

    static JobFilter of(JobQuery query) {
        String direction = query.descending() ? " DESC" : "";
        String column = switch (query.sort()) {
            case CREATED -> "created_at";
            case ENDED -> "ended_at";
            case STATE -> "state";
            case PROVIDER -> "provider";
        };
        // Open jobs sort last, or first in descending order; without this, databases differ.
        String nulls = query.sort() == JobQuery.Sort.ENDED ? query.descending() ? " NULLS FIRST" : " NULLS LAST" : "";
        JobFilter filter = new JobFilter(" ORDER BY " + column + direction + nulls + ", id" + direction);
        filter.anyOf("state", query.states());
        filter.anyOf("delivery", query.deliveries());
        filter.equal("provider", query.provider());
        filter.equal("account", query.account());
        filter.equal("tag", JobColumn.TAG.cut(query.tag()));
        filter.contains(query.text());
        filter.after(query.after(), query.descending() ? "<" : ">");
        return filter;
    }

    private void anyOf(String column, Collection<? extends Enum<?>> allowed) {
        if (!allowed.isEmpty()) {
            conditions.add(column + " IN (" + String.join(", ", allowed.stream().map(value -> "?").toList()) + ")");
            allowed.forEach(value -> values.add(value.name()));
        }
    }

    private void equal(String column, String value) {
        if (value != null && !JobColumn.isText(value)) {
            conditions.add(NOTHING);
        } else if (value != null) {
            conditions.add(column + " = ?");
            values.add(value);
        }
    }

    private void contains(String text) {
        if (text != null && !JobColumn.isText(text)) {
            conditions.add(NOTHING);
        } else if (text != null) {
            conditions.add("(" + TEXT_COLUMNS + ")");
            String part = text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
            for (int i = 0; i < TEXT_COLUMN_COUNT; i++) {
                values.add("%" + part + "%");
            }
        }
    }

    private void after(String id, String comparison) {
        if (id != null && !JobColumn.isText(id)) {
            conditions.add(NOTHING);
        } else if (id != null) {
            // The first condition repeats part of the second, since databases use an index for it alone.
            conditions.add("created_at " + comparison + "= " + CREATED_AT);
            conditions.add("(created_at " + comparison + " " + CREATED_AT + " OR id " + comparison + " ?)");
            values.addAll(List.of(id, id, id));
        }
    }

    /** @return the WHERE clause; empty = no conditions */
    String where() {
        return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
    }

    String order() {
        return order;
    }

    void set(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setString(i + 1, values.get(i));
        }
    }
}
