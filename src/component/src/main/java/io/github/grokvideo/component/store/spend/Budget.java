// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.spend;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import io.github.grokvideo.component.job.Cost;

/**
 * A limit on what jobs may cost.
 *
 * @param scope  whose jobs it limits
 * @param of     the account or the tag; {@code *} = each tag by itself; null for {@link Scope#STORE}
 * @param period how often it renews
 * @param limit  the most that the jobs of one period may cost, or a single job
 */
public record Budget(Scope scope, String of, Period period, Cost limit) {

    /** Stands for each tag by itself. */
    public static final String EACH = "*";

    /** Whose jobs a budget limits. */
    public enum Scope {
        /** All jobs of the store. */
        STORE,
        /** The jobs of an account. */
        ACCOUNT,
        /** The jobs with a tag. */
        TAG;

        private String text() {
            return this == STORE ? "store" : name().toLowerCase(Locale.ROOT) + ":";
        }
    }

    /** How often a budget renews. */
    public enum Period {
        /** With each job: it limits single jobs. */
        JOB,
        /** At each full hour. */
        HOUR,
        /** At midnight. */
        DAY,
        /** At midnight of the first day of a month. */
        MONTH,
        /** Never. */
        TOTAL;

        /** @return as it is written in options */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param scope  never null
     * @param of     null for {@link Scope#STORE}, otherwise not
     * @param period never null
     * @param limit  more than 0
     */
    public Budget {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(limit, "limit");
        if ((of == null) != (scope == Scope.STORE)) {
            throw new IllegalArgumentException("A budget of an account or a tag names it, one of the store does not");
        }
        if (limit.amount().signum() <= 0) {
            throw new IllegalArgumentException("A budget must be more than 0: " + limit);
        }
    }

    /** @return such as {@code store/month}, {@code account:default/day} or {@code tag:acme/hour} */
    public String name() {
        return scope.text() + (of == null ? "" : of) + "/" + period.text();
    }

    /** @return whether it limits each job by itself; otherwise all jobs of a period together */
    public boolean isOfJob() {
        return period == Period.JOB;
    }

    /** @return under which stores keep its use: the name and the unit, since amounts of another unit are not its use */
    public String key() {
        return name() + " " + limit.unit();
    }

    /**
     * The tag of a budget's name.
     *
     * @param  name as {@link #name()}
     * @return      empty = it is no budget of a tag
     */
    public static Optional<String> tagOf(String name) {
        String begin = Scope.TAG.text();
        return name.startsWith(begin) ? Optional.of(name.substring(begin.length(), name.lastIndexOf('/'))) : Optional.empty();
    }

    /**
     * @param  account a job's account
     * @param  tag     its tag; null = none
     * @return         whether the job is limited by it
     */
    public boolean appliesTo(String account, String tag) {
        return switch (scope) {
            case STORE -> true;
            case ACCOUNT -> of.equals(account);
            case TAG -> of.equals(EACH) ? tag != null : of.equals(tag);
        };
    }

    /**
     * @param  tag the tag of a job that it limits; null = none
     * @param  at  a time
     * @param  zone of the hours, days and months
     * @return      the budget's use that a job reserved at that time counts in
     * @throws IllegalArgumentException if it limits single jobs: they count in nothing
     */
    BudgetWindow window(String tag, Instant at, ZoneId zone) {
        Budget own = EACH.equals(of) ? new Budget(scope, tag, period, limit) : this;
        ZonedDateTime time = at.atZone(zone);
        return switch (period) {
            case HOUR -> {
                ZonedDateTime from = time.truncatedTo(ChronoUnit.HOURS);
                yield new BudgetWindow(own, from.toInstant(), from.plusHours(1).toInstant());
            }
            case DAY -> days(own, time.toLocalDate(), time.toLocalDate().plusDays(1), zone);
            case MONTH -> days(own, time.toLocalDate().withDayOfMonth(1), time.toLocalDate().withDayOfMonth(1).plusMonths(1), zone);
            case TOTAL -> new BudgetWindow(own, Instant.EPOCH, null);
            case JOB -> throw new IllegalArgumentException(name() + " limits single jobs and has no periods");
        };
    }

    /** A day begins when its date does, also where a clock change skips or repeats midnight. */
    private static BudgetWindow days(Budget budget, LocalDate first, LocalDate end, ZoneId zone) {
        return new BudgetWindow(budget, first.atStartOfDay(zone).toInstant(), end.atStartOfDay(zone).toInstant());
    }
}
