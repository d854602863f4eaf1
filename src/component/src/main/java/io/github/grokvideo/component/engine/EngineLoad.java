// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

/**
 * Snapshot of an engine's load.
 *
 * @param calls            gateway calls in flight
 * @param waitingCalls     gateway calls that are queued
 * @param downloads        downloads in progress
 * @param waitingDownloads downloads that are queued
 */
public record EngineLoad(int calls, int waitingCalls, int downloads, int waitingDownloads) {
}
