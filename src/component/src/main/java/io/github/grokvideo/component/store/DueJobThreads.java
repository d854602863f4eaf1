// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Threads for due jobs. Whoever made them ends them, after the due jobs have stopped.
 *
 * @param steps       runs steps
 * @param count       how many steps at once
 * @param due         one thread that looks for due steps
 * @param housekeeper two threads for heartbeats and for taking over
 */
public record DueJobThreads(ExecutorService steps, int count, ExecutorService due, ScheduledExecutorService housekeeper) {
}
