// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

/**
 * The status query whose answer a provider interprets.
 *
 * @param taskId    the gateway's task id
 * @param step      0 = the answer to {@link VideoProvider#poll}; 1 or more = to the call of the last {@link PollAnswer.AskNext}
 * @param elsewhere whether the gateway was asked to put the video elsewhere itself ({@code uploadUrl}), so that a video without a URL is
 *                  not a failure
 */
public record PollQuery(String taskId, int step, boolean elsewhere) {

    /**
     * The first call of a status query for a video that is downloaded.
     *
     * @param taskId the gateway's task id
     */
    public PollQuery(String taskId) {
        this(taskId, 0, false);
    }
}
