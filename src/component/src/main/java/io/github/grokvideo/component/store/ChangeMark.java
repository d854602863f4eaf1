// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Stands for what the jobs of a store are like at a moment: it differs if a job was added or changed. Besides the time of the last change
 * it holds how many jobs were changed shortly before and the sum of their revisions, since a transaction may become visible after one that
 * began later.
 *
 * @param latest    when a job was last changed; null = there are no jobs
 * @param jobs      changed since {@link #from()}
 * @param revisions sum of how often each of these was changed in all
 */
public record ChangeMark(Instant latest, long jobs, long revisions) {

    /** Longer than a transaction that changes a job takes. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(1);

    /**
     * @param  mark text of a mark; null or anything else = unknown
     * @return      the mark
     */
    public static Optional<ChangeMark> of(String mark) {
        try {
            String[] parts = mark == null ? new String[0] : mark.split("/");
            return parts.length == 3 ? Optional.of(new ChangeMark(Instant.parse(parts[0]), Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]))) : Optional.empty();
        } catch (DateTimeParseException | NumberFormatException foreign) {
            return Optional.empty();
        }
    }

    /**
     * @param  latest when a job was last changed
     * @return        from when on changes are counted: the same for a while, so that time alone does not change the mark
     */
    public static Instant from(Instant latest) {
        return latest.truncatedTo(ChronoUnit.MINUTES).minus(LONGEST_TRANSACTION);
    }

    /** @return from when on changes are counted */
    public Instant from() {
        return from(latest);
    }

    /** @return as text */
    public String text() {
        return latest == null ? "" : latest + "/" + jobs + "/" + revisions;
    }
}
