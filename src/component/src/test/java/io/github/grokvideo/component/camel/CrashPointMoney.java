// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.JobCharge;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.h2.jdbcx.JdbcConnectionPool;

/** What the jobs have cost after a crash: the jobs, the ledger and the budget must say the same. */
final class CrashPointMoney {

    private CrashPointMoney() {
    }

    /**
     * @param  pool closed here
     * @return      what is wrong; null = nothing
     */
    static String wrong(JdbcConnectionPool pool, List<VideoJob> jobs) throws SQLException {
        List<JobCharge> charges = jobs.stream().map(job -> job.details().charge()).filter(Objects::nonNull).toList();
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            String ofJobs = amounts(charges.stream().map(JobCharge::reserved), charges.stream().map(JobCharge::estimated),
                    charges.stream().map(JobCharge::reported));
            String ledger = read(statement, "SELECT COALESCE(SUM(reserved), 0), COALESCE(SUM(estimated), 0), COALESCE(SUM(reported), 0)"
                    + " FROM grokvideo_ledger");
            String budget = read(statement, "SELECT reserved, estimated, reported FROM grokvideo_budget");
            if (!ofJobs.equals(ledger) || !ledger.equals(budget)) {
                return "the jobs cost " + ofJobs + ", the ledger has " + ledger + ", the budget " + budget;
            }
        } finally {
            pool.dispose();
        }
        return jobs.stream().filter(job -> job.details().charge() != null && isWrong(job)).findFirst()
                .map(job -> job + " has the charge " + job.details().charge()).orElse(null);
    }

    /** One submit at most, and what is in doubt stays reserved. */
    private static boolean isWrong(VideoJob job) {
        JobCharge charge = job.details().charge();
        JobCharge.State right = job.state() == JobState.UNKNOWN ? JobCharge.State.OPEN
                : job.state().hasVideo() || job.state() == JobState.RENDERED ? JobCharge.State.SETTLED : charge.state();
        return charge.state() != right || job.state().isEnded() && job.state() != JobState.UNKNOWN && charge.reserved().signum() != 0
                || Stream.of(charge.reserved(), charge.estimated(), charge.reported()).filter(amount -> amount.signum() > 0).count() > 1;
    }

    @SafeVarargs
    private static String amounts(Stream<BigDecimal>... amounts) {
        return Stream.of(amounts).map(all -> all.reduce(BigDecimal.ZERO, BigDecimal::add).stripTrailingZeros().toPlainString()).toList()
                .toString();
    }

    private static String read(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? amounts(Stream.of(row.getBigDecimal(1)), Stream.of(row.getBigDecimal(2)), Stream.of(row.getBigDecimal(3)))
                    : "none";
        }
    }
}
