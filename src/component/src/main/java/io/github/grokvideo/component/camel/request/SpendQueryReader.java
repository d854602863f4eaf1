// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.store.spend.SpendQuery;
import org.apache.camel.Exchange;

/** Reads which sums of the ledger are asked for: a map or JSON with the fields of {@link #FIELDS}, or nothing for this month. */
public final class SpendQueryReader {

    private static final Set<String> FIELDS = new TreeSet<>(List.of("period", "from", "until", "by", "zone"));
    private static final List<SpendQuery.By> DEFAULT = List.of(SpendQuery.By.ACCOUNT, SpendQuery.By.MODEL);
    private static final String PERIODS =
            "is not one of today, yesterday, this-month, last-month, a day such as 2026-11-28 or a month such as 2026-11";

    private final Map<String, Object> fields;
    private final Instant now;
    private final List<Violation> violations = new ArrayList<>();

    private SpendQueryReader(Map<String, Object> fields, Instant now) {
        this.fields = fields;
        this.now = now;
    }

    /**
     * @param  zone of the days, if the message names none
     * @throws InvalidRequestException listing everything that is wrong with it
     */
    public static SpendQuery read(Exchange exchange, ZoneId zone, Instant now) {
        try {
            return of(BodyReader.read(exchange.getMessage().getBody(), exchange), zone, now);
        } catch (IllegalArgumentException e) {
            throw InvalidRequestException.of(null, null, List.of(new Violation("body", null, e.getMessage())));
        }
    }

    /**
     * @param  fields by the names of {@link #FIELDS}
     * @param  zone   of the days, if the fields name none
     * @throws InvalidRequestException listing everything that is wrong with them
     */
    public static SpendQuery of(Map<String, Object> fields, ZoneId zone, Instant now) {
        SpendQueryReader reader = new SpendQueryReader(fields, now);
        SpendQuery query = reader.query(zone);
        if (!reader.violations.isEmpty()) {
            throw InvalidRequestException.of(null, null, reader.violations);
        }
        return query;
    }

    private SpendQuery query(ZoneId zoneOfBudgets) {
        fields.keySet().stream().filter(name -> !FIELDS.contains(name))
                .forEach(name -> violations.add(new Violation(FieldValue.shown(name), null, "is not one of " + FIELDS)));
        ZoneId zone = zone(zoneOfBudgets);
        List<SpendQuery.By> by = by();
        String from = text("from");
        String until = text("until");
        if (from == null && until == null) {
            return period(text("period"), by, zone);
        }
        if (text("period") != null) {
            violations.add(new Violation("period", text("period"), "cannot be combined with from and until"));
        }
        Instant first = time("from", from, Instant.EPOCH);
        Instant end = time("until", until, now);
        return new SpendQuery(first, end, by, zone);
    }

    private SpendQuery period(String period, List<SpendQuery.By> by, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        YearMonth month = YearMonth.from(today);
        return switch (period == null ? "this-month" : period) {
            case "today" -> days(today, today.plusDays(1), by, zone);
            case "yesterday" -> days(today.minusDays(1), today, by, zone);
            case "this-month" -> days(month.atDay(1), month.plusMonths(1).atDay(1), by, zone);
            case "last-month" -> days(month.minusMonths(1).atDay(1), month.atDay(1), by, zone);
            default -> named(period, by, zone);
        };
    }

    private SpendQuery named(String period, List<SpendQuery.By> by, ZoneId zone) {
        try {
            if (period.length() == "2026-11".length()) {
                YearMonth month = YearMonth.parse(period);
                return days(month.atDay(1), month.plusMonths(1).atDay(1), by, zone);
            }
            LocalDate day = LocalDate.parse(period);
            return days(day, day.plusDays(1), by, zone);
        } catch (DateTimeException wrong) {
            violations.add(new Violation("period", FieldValue.shown(period), PERIODS));
            return new SpendQuery(now, now, by, zone);
        }
    }

    private static SpendQuery days(LocalDate first, LocalDate end, List<SpendQuery.By> by, ZoneId zone) {
        return new SpendQuery(first.atStartOfDay(zone).toInstant(), end.atStartOfDay(zone).toInstant(), by, zone);
    }

    private Instant time(String name, String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeException wrong) {
            violations.add(new Violation(name, FieldValue.shown(text), "must be a time such as 2026-11-28T00:00:00Z"));
            return otherwise;
        }
    }

    private ZoneId zone(ZoneId otherwise) {
        String text = text("zone");
        try {
            return text == null ? otherwise : ZoneId.of(text);
        } catch (DateTimeException wrong) {
            violations.add(new Violation("zone", FieldValue.shown(text), "must be a time zone such as Europe/Berlin"));
            return otherwise;
        }
    }

    private List<SpendQuery.By> by() {
        Object value = fields.get("by");
        if (value == null) {
            return DEFAULT;
        }
        Stream<String> names = value instanceof Collection<?> many ? many.stream().map(String::valueOf)
                : Stream.of(value.toString().split(","));
        List<SpendQuery.By> by = new ArrayList<>();
        names.map(String::strip).filter(name -> !name.isEmpty()).forEach(name -> Arrays.stream(SpendQuery.By.values())
                .filter(one -> one.text().equals(name)).findFirst().ifPresentOrElse(by::add, () -> violations.add(
                        new Violation("by", FieldValue.shown(name), "is not one of " + Arrays.stream(SpendQuery.By.values())
                                .map(SpendQuery.By::text).collect(Collectors.joining(", "))))));
        return by;
    }

    private String text(String name) {
        Object value = fields.get(name);
        String text = value == null ? null : value.toString().strip();
        return text == null || text.isEmpty() ? null : text;
    }
}
