// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

/**
 * How busy an engine is at a moment.
 *
 * @param calls            calls to gateways on their way
 * @param waitingCalls     calls that wait for one of these to end
 * @param downloads        downloads on their way
 * @param waitingDownloads downloads that wait for one of these to end
 */
public record EngineLoad(int calls, int waitingCalls, int downloads, int waitingDownloads) {
}
