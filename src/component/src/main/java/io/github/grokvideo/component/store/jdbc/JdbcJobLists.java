// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.ChangeMark;
import io.github.grokvideo.component.store.JobPage;
import io.github.grokvideo.component.store.JobQuery;
import io.github.grokvideo.component.store.WarnedJobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queries of a {@link JdbcJobStore}. */
final class JdbcJobLists {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcJobStore.class);
    private static final int IDS_AT_ONCE = 500;
    private static final String OPEN_STATES = states(state -> !state.isEnded());
    private static final String COUNT = "SELECT COUNT(*) FROM grokvideo_job ";
    private static final String COUNT_OPEN = COUNT + "WHERE account = ? AND state IN " + states(JobState::isAtGateway);

    private static final String HELD = "WHERE state = 'DOWNLOADED' AND video_at <= ? AND delivery = 'ATTACHED'";

    /** When a job was last changed, and what time it is, by the database's clock. */
    private record Moment(Instant latest, Instant now) {
    }

    private final StoreCalls calls;
    private final WarnedJobs unreadable = new WarnedJobs();
    /** The last mark that only a later change can alter. */
    private volatile ChangeMark settled = ChangeMark.EMPTY;

    JdbcJobLists(StoreCalls calls) {
        this.calls = calls;
    }

    private static String states(Predicate<JobState> wanted) {
        return Arrays.stream(JobState.values()).filter(wanted).map(state -> "'" + state + "'").collect(Collectors.joining(", ", "(", ")"));
    }

    List<VideoJob> findAll(Collection<String> jobIds) {
        List<String> ids = jobIds.stream().filter(JobColumn::isText).toList();
        List<VideoJob> found = new ArrayList<>(ids.size());
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(from + IDS_AT_ONCE, ids.size()));
            found.addAll(list("WHERE id IN (" + String.join(", ", Collections.nCopies(some.size(), "?")) + ")", statement -> {
                for (int i = 0; i < some.size(); i++) {
                    statement.setString(i + 1, some.get(i));
                }
            }, job -> true, some.size()));
        }
        return found;
    }

    /** Reads the whole table. */
    List<VideoJob> list(Predicate<VideoJob> filter, int limit) {
        return list("", statement -> { }, filter, limit);
    }

    List<VideoJob> listOpen(String account, Instant createdBefore, int limit) {
        return list("WHERE account = ? AND state IN " + OPEN_STATES + " AND created_at <= ?", statement -> {
            statement.setString(1, account);
            statement.setObject(2, roughly(createdBefore));
        }, job -> job.createdAt().isBefore(createdBefore), limit);
    }

    int countOpen(String account) {
        return calls.call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COUNT_OPEN)) {
                statement.setString(1, account);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getInt(1);
                }
            }
        });
    }

    List<VideoJob> listEnded(Instant before, boolean withKey, Predicate<VideoJob> wanted, int limit) {
        return list("WHERE job_key IS " + (withKey ? "NOT " : "") + "NULL AND ended_at <= ?",
                statement -> statement.setObject(1, roughly(before)),
                job -> job.state().isEnded() && job.endedAt().isBefore(before) && wanted.test(job), limit);
    }

    List<VideoJob> listUndelivered(Instant before, int limit) {
        return list("WHERE state IN ('RENDERED', 'DOWNLOADED') AND video_at <= ?",
                statement -> statement.setObject(1, roughly(before)), job -> job.videoAt().isBefore(before), limit);
    }

    List<VideoJob> listOwnedBy(String node, boolean submitting, int limit) {
        return read("WHERE node = ? AND state " + (submitting ? "=" : "<>") + " 'SUBMITTING'",
                statement -> statement.setString(1, node), job -> true, limit);
    }

    List<VideoJob> listOffered(Instant now, Predicate<VideoJob> wanted, int limit) {
        return read("WHERE delivery = 'OFFERED' AND deliver_at <= ? ORDER BY deliver_at, id",
                statement -> statement.setObject(1, roughly(now)), job -> job.delivery().isOffered(now) && wanted.test(job), limit);
    }

    JobPage page(JobQuery query) {
        return new JobPage(count(query), list(query));
    }

    List<VideoJob> list(JobQuery query) {
        JobFilter filter = JobFilter.of(query);
        return read(filter.where() + filter.order() + " LIMIT " + query.limit() + " OFFSET " + query.offset(), filter::set, job -> true,
                query.limit());
    }

    long count(JobQuery query) {
        JobFilter filter = JobFilter.of(query);
        return calls.scan(COUNT + filter.where(), filter::set, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    int countOffered(Instant until) {
        return count("WHERE delivery = 'OFFERED' AND deliver_at <= ?", until);
    }

    int countHeld(Instant until) {
        return count(HELD, until);
    }

    List<VideoJob> listHeld(Instant until, int limit) {
        return read(HELD + JdbcJobStore.OLDEST_FIRST + " LIMIT " + limit, statement -> statement.setObject(1, exactly(until)), job -> true,
                limit);
    }

    private int count(String where, Instant until) {
        return calls.scan(COUNT + where, statement -> statement.setObject(1, exactly(until)), rows -> {
                    rows.next();
                    return rows.getInt(1);
                });
    }

    ChangeMark changeMark() {
        Moment moment = calls.scan("SELECT MAX(changed_at), CURRENT_TIMESTAMP FROM grokvideo_job", statement -> { }, rows -> {
            rows.next();
            return new Moment(time(rows, 1), time(rows, 2));
        });
        if (moment.latest == null) {
            return ChangeMark.EMPTY;
        }
        ChangeMark known = settled;
        if (moment.latest.equals(known.latest())) {
            return known;
        }
        Instant from = ChangeMark.from(moment.latest);
        ChangeMark mark = changedSince(from);
        if (mark.latest() != null && !ChangeMark.from(mark.latest()).equals(from)) {
            // A mark depends on the time of the last change only, and not on when it was asked for.
            mark = changedSince(ChangeMark.from(mark.latest()));
        }
        if (mark.isSettled(moment.now)) {
            settled = mark;
        }
        return mark;
    }

    private ChangeMark changedSince(Instant from) {
        return calls.scan("SELECT MAX(changed_at), COUNT(*) AS jobs, COALESCE(SUM(revision), 0) AS revisions FROM grokvideo_job"
                + " WHERE changed_at >= ?", statement -> statement.setObject(1, exactly(from)), rows -> {
                    rows.next();
                    return new ChangeMark(time(rows, 1), rows.getLong("jobs"), rows.getLong("revisions"));
                });
    }

    private static Instant time(ResultSet rows, int column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime exactly(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** Columns are rounded to a microsecond; the exact times in the jobs are compared afterwards. */
    private static OffsetDateTime roughly(Instant before) {
        return before.plusNanos(1000).atOffset(ZoneOffset.UTC);
    }

    private List<VideoJob> list(String where, StoreCalls.Values values, Predicate<VideoJob> filter, int limit) {
        return read(where + JdbcJobStore.OLDEST_FIRST, values, filter, limit);
    }

    private List<VideoJob> read(String whereAndOrder, StoreCalls.Values values, Predicate<VideoJob> filter, int limit) {
        return Collections.unmodifiableList(calls.scan(JdbcJobStore.SELECT + whereAndOrder, values, rows -> {
            List<VideoJob> jobs = new ArrayList<>();
            while (jobs.size() < limit && rows.next()) {
                try {
                    VideoJob job = JobRow.job(rows);
                    if (filter.test(job)) {
                        jobs.add(job);
                    }
                } catch (IllegalArgumentException e) {
                    // An unreadable row must not keep the others from being processed.
                    if (unreadable.isFirst(rows.getString("id"))) {
                        LOG.error("Job {} is skipped: {}", rows.getString("id"), e.getMessage());
                    }
                }
            }
            return jobs;
        }));
    }

    /** @param value of a column with an index */
    Optional<VideoJob> findBy(String where, String account, String value) {
        return first(where, account, JobRow.indexed(value)).map(JdbcUpdates.Stored::job);
    }

    Optional<JdbcUpdates.Stored> first(String where, String... values) {
        if (!Arrays.stream(values).allMatch(JobColumn::isText)) {
            // PostgreSQL would reject the query.
            return Optional.empty();
        }
        return calls.call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(JdbcJobStore.SELECT + where)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setString(i + 1, values[i]);
                }
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(JdbcUpdates.Stored.of(row)) : Optional.empty();
                }
            }
        });
    }
}
