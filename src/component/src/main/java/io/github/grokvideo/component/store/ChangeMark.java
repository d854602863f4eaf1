// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Differs from earlier marks of a store if a job was added or changed since. Besides the time of the last change it holds how many jobs
 * were changed shortly before and the sum of their revisions, since a transaction may become visible after one that began later.
 *
 * @param latest    when a job was last changed; null = there are no jobs
 * @param jobs      changed since {@link #from(Instant)}
 * @param revisions sum of how often each of these was changed in all
 */
public record ChangeMark(Instant latest, long jobs, long revisions) {

    /** Of a store without jobs. */
    public static final ChangeMark EMPTY = new ChangeMark(null, 0, 0);

    /** Longer than a transaction that changes a job takes. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(1);

    /**
     * @param  latest when a job was last changed
     * @return        from when on changes are counted: the same for a while, so that time alone does not change the mark
     */
    public static Instant from(Instant latest) {
        return latest.truncatedTo(ChronoUnit.MINUTES).minus(LONGEST_TRANSACTION);
    }

    /**
     * Whether the mark stays as it is until a job is changed after {@link #latest()}: no transaction that began before is still open. Then
     * nothing has to be counted again, however many jobs were changed at that time.
     *
     * @param  now when the jobs were counted, or earlier, by the clock of the store
     * @return     true if it does
     */
    public boolean isSettled(Instant now) {
        return latest != null && latest.plus(LONGEST_TRANSACTION).isBefore(now);
    }

    /** @return as text, of digits, letters and {@code -:./} */
    public String text() {
        return latest == null ? "-" : latest + "/" + jobs + "/" + revisions;
    }
}
