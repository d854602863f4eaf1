// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.store.JobQuery;
import org.apache.camel.Exchange;

/** Reads a job query from a message: a map or JSON with the fields of {@link #FIELDS}, or nothing for the newest jobs. */
public final class JobQueryReader {

    private static final Set<String> FIELDS = new TreeSet<>(List.of("state", "provider", "account", "tag", "text", "offset", "limit",
            "after", "order"));

    private final Map<String, Object> fields;
    private final List<Violation> violations = new ArrayList<>();

    private JobQueryReader(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** @throws InvalidRequestException listing everything that is wrong with it */
    public static JobQuery read(Exchange exchange) {
        try {
            return new JobQueryReader(BodyReader.read(exchange.getMessage().getBody(), exchange)).query();
        } catch (IllegalArgumentException e) {
            throw invalid(List.of(new Violation("body", null, e.getMessage())));
        }
    }

    private JobQuery query() {
        fields.keySet().stream().filter(name -> !FIELDS.contains(name))
                .forEach(name -> violations.add(new Violation(FieldValue.shown(name), null, "is not one of " + FIELDS)));
        JobQuery all = JobQuery.NEWEST;
        Set<JobState> states = states();
        int offset = number("offset", 0, Integer.MAX_VALUE, all.offset());
        int limit = number("limit", 1, JobQuery.MAX, all.limit());
        JobQuery query = new JobQuery(states, all.deliveries(), text("provider"), text("account"), text("tag"), text("text"),
                all.sort(), !isAscending(), offset, limit, text("after"));
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        return query;
    }

    private Set<JobState> states() {
        Set<JobState> states = EnumSet.noneOf(JobState.class);
        Object value = fields.get("state");
        if (value instanceof Collection<?> many) {
            many.forEach(one -> addStates(String.valueOf(one), states));
        } else if (value != null) {
            addStates(value.toString(), states);
        }
        return states;
    }

    private void addStates(String words, Set<JobState> states) {
        for (String word : words.split(",")) {
            String name = word.strip();
            if (!name.isEmpty()) {
                Arrays.stream(JobState.values()).filter(state -> state.name().equalsIgnoreCase(name)).findFirst()
                        .ifPresentOrElse(states::add, () -> violations.add(
                                new Violation("state", FieldValue.shown(name), "is not one of " + Arrays.toString(JobState.values()))));
            }
        }
    }

    private int number(String name, int least, int most, int otherwise) {
        Object value = fields.get(name);
        if (value == null || value instanceof CharSequence text && text.toString().isBlank()) {
            return otherwise;
        }
        try {
            int number = FieldValue.integer(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        violations.add(new Violation(name, FieldValue.shown(value), "must be a whole number from " + least + " to " + most));
        return otherwise;
    }

    private boolean isAscending() {
        String order = text("order");
        if (order != null && !order.equals("asc") && !order.equals("desc")) {
            violations.add(new Violation("order", FieldValue.shown(order), "must be desc (the newest first) or asc"));
        }
        return "asc".equals(order);
    }

    private String text(String name) {
        Object value = fields.get(name);
        try {
            String text = value == null ? null : FieldValue.text(value);
            if (text != null && text.indexOf('\0') >= 0) {
                // PostgreSQL rejects NUL, which would look like a failure of the store.
                throw new IllegalArgumentException("must not contain NUL");
            }
            return text;
        } catch (IllegalArgumentException e) {
            violations.add(new Violation(name, FieldValue.shown(value), e.getMessage()));
            return null;
        }
    }

    private static InvalidRequestException invalid(List<Violation> violations) {
        return InvalidRequestException.of(null, null, violations);
    }
}
