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
 * Which jobs somebody wants to see. Filters that are null, or empty sets, let everything through.
 *
 * @param states     any of these
 * @param deliveries any of these
 * @param provider   name of the gateway
 * @param account    name of the account
 * @param tag        the whole tag
 * @param text       part of the id, jobKey, task id, tag or model, in any case
 * @param sort       never null; equal ones are in order of their ids
 * @param descending the largest first
 * @param offset     jobs to leave out, 0 or more
 * @param limit      jobs at most, 1 to {@value #MOST}
 */
public record JobQuery(
        Set<JobState> states, Set<JobDelivery.State> deliveries, String provider, String account, String tag, String text, Sort sort,
        boolean descending, int offset, int limit) {

    public static final int MOST = 500;
    /** Everything, the newest first. */
    public static final JobQuery NEWEST = new JobQuery(Set.of(), Set.of(), null, null, null, null, Sort.CREATED, true, 0, 50);

    /** What pages are sorted by. */
    public enum Sort {
        CREATED, ENDED, STATE, PROVIDER
    }

    public JobQuery {
        if (offset < 0) {
            throw new IllegalArgumentException("offset must be 0 or more: " + offset);
        }
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ": " + limit);
        }
        states = states == null ? Set.of() : Set.copyOf(states);
        deliveries = deliveries == null ? Set.of() : Set.copyOf(deliveries);
        provider = given(provider);
        account = given(account);
        tag = given(tag);
        text = given(text);
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
