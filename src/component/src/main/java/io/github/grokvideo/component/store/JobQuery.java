// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/**
 * Filter, order and page of a job list. Filters that are null, blank or empty match every job.
 *
 * @param states     any of these
 * @param deliveries any of these
 * @param provider   name of the gateway
 * @param account    name of the account
 * @param tag        the whole tag
 * @param text       part of the id, jobKey, task id, tag or model; case-insensitive
 * @param sort       never null; ties are ordered by id
 * @param descending whether the largest value comes first
 * @param offset     how many jobs to skip, 0 or more
 * @param limit      page size, 1 to {@value #MAX}
 * @param after      id of the job after which the list begins, so that new jobs do not shift its pages; unknown = the list is empty
 */
public record JobQuery(
        Set<JobState> states, Set<JobDelivery.State> deliveries, String provider, String account, String tag, String text, Sort sort,
        boolean descending, int offset, int limit, String after) {

    /** Largest page size. */
    public static final int MAX = 500;
    /** The 50 newest jobs. */
    public static final JobQuery NEWEST = new JobQuery(Set.of(), Set.of(), null, null, null, null, Sort.CREATED, true, 0, 50);

    /** What a page is sorted by. */
    public enum Sort {
        /** When the job was created. */
        CREATED,
        /** When the job ended; open jobs come last in ascending order. */
        ENDED,
        /** Name of the state. */
        STATE,
        /** Name of the gateway. */
        PROVIDER
    }

    /**
     * Checks offset and limit, copies the sets and normalizes blank filters to null.
     *
     * @param  states     as for the record; null = any
     * @param  deliveries as for the record; null = any
     * @param  provider   as for the record; null or blank = any
     * @param  account    as for the record; null or blank = any
     * @param  tag        as for the record; null or blank = any
     * @param  text       as for the record; null or blank = any
     * @param  sort       never null
     * @param  descending whether the largest value comes first
     * @param  offset     0 or more
     * @param  limit      1 to {@value #MAX}
     * @param  after      as for the record; null or blank = the list begins with its first job
     * @throws IllegalArgumentException if offset or limit is out of range, or there is an {@code after} but {@code sort} is not CREATED
     */
    public JobQuery {
        if (offset < 0) {
            throw new IllegalArgumentException("offset must be 0 or more: " + offset);
        }
        if (limit < 1 || limit > MAX) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX + ": " + limit);
        }
        states = states == null ? Set.of() : Set.copyOf(states);
        deliveries = deliveries == null ? Set.of() : Set.copyOf(deliveries);
        provider = given(provider);
        account = given(account);
        tag = given(tag);
        text = given(text);
        after = given(after);
        if (after != null && sort != Sort.CREATED) {
            throw new IllegalArgumentException("after needs a list sorted by CREATED");
        }
    }

    /**
     * A query whose list begins with its first job.
     *
     * @param  states     as for the record; null = any
     * @param  deliveries as for the record; null = any
     * @param  provider   as for the record; null or blank = any
     * @param  account    as for the record; null or blank = any
     * @param  tag        as for the record; null or blank = any
     * @param  text       as for the record; null or blank = any
     * @param  sort       never null
     * @param  descending whether the largest value comes first
     * @param  offset     0 or more
     * @param  limit      1 to {@value #MAX}
     * @throws IllegalArgumentException if offset or limit is out of range
     */
    public JobQuery(
            Set<JobState> states, Set<JobDelivery.State> deliveries, String provider, String account, String tag, String text, Sort sort,
            boolean descending, int offset, int limit) {
        this(states, deliveries, provider, account, tag, text, sort, descending, offset, limit, null);
    }

    private static String given(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    Comparator<VideoJob> order() {
        Comparator<VideoJob> by = switch (sort) {
            case CREATED -> Comparator.comparing(VideoJob::createdAt);
            case ENDED -> Comparator.comparing(VideoJob::endedAt, Comparator.nullsLast(Comparator.naturalOrder()));
            case STATE -> Comparator.comparing(job -> job.state().name());
            case PROVIDER -> Comparator.comparing(VideoJob::provider);
        };
        Comparator<VideoJob> whole = by.thenComparing(VideoJob::id);
        return descending ? whole.reversed() : whole;
    }

    Predicate<VideoJob> filter() {
        String part = text == null ? null : text.toLowerCase(Locale.ROOT);
        return job -> (states.isEmpty() || states.contains(job.state()))
                && (deliveries.isEmpty() || deliveries.contains(job.delivery().state()))
                && (provider == null || provider.equals(job.provider()))
                && (account == null || account.equals(job.account()))
                && (tag == null || tag.equals(job.tag()))
                && (part == null || Stream.of(job.id(), job.jobKey(), job.taskId(), job.tag(), job.model())
                        .anyMatch(value -> value != null && value.toLowerCase(Locale.ROOT).contains(part)));
    }
}
