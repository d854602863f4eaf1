// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Threads for due jobs. Whoever creates them shuts them down, after {@link DueJobs#stop}.
 *
 * @param steps       runs the steps
 * @param count       how many steps may run at once
 * @param due         one thread that polls for due steps
 * @param housekeeper two threads, for heartbeats and for taking over from dead nodes
 */
public record DueJobThreads(ExecutorService steps, int count, ExecutorService due, ScheduledExecutorService housekeeper) {
}
