// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.util.Collection;
import java.util.List;

/**
 * What the engines on a store have learnt from jobs that ended, a row for each kind of job. Thread-safe. Methods may block, and throw
 * {@link io.github.grokvideo.component.error.StoreUnavailableException} if the store does not answer.
 */
public interface LearntRows {

    /**
     * A row as it was read, or as it is to be stored.
     *
     * @param kind     of job, any text
     * @param content  what was learnt
     * @param revision counts the changes; 0 = it is not stored yet
     */
    record Row(String kind, String content, long revision) {
    }

    /**
     * Finds rows.
     *
     * @param  kinds kinds of jobs
     * @return       the rows that exist, in any order
     */
    List<Row> find(Collection<String> kinds);

    /**
     * Stores a row unless it was changed in between.
     *
     * @param  row the new content, with the revision that was read
     * @return     whether it was stored
     */
    boolean put(Row row);
}
