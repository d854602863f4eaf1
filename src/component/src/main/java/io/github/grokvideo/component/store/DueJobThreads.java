// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Threads for due jobs. Whoever creates them shuts them down, after {@link DueJobs#stop}.
 *
 * @param steps       begins the steps; a few threads, since running steps hold none
 * @param due         one thread that polls for due steps
 * @param housekeeper three threads: for heartbeats, for taking over from dead nodes, and for storing when the next steps are due
 */
public record DueJobThreads(ExecutorService steps, ExecutorService due, ScheduledExecutorService housekeeper) {
}
