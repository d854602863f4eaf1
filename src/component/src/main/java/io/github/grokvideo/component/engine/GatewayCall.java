// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * A call to a gateway, or to where it keeps its videos, that has ended.
 *
 * @param jobId   null = it is about no job of the store
 * @param account whose key it had
 * @param method  GET or POST
 * @param status  of HTTP; 0 = no answer
 * @param bytes   of the video that a DOWNLOAD brought; else 0
 * @param error   for a person, without secrets; null = there was an answer, or the video is here
 */
public record GatewayCall(
        Operation operation, String jobId, VideoAccount account, String method, Instant begunAt, Instant endedAt, int status, long bytes,
        String error) {

    /** What a call is for. */
    public enum Operation {
        SUBMIT, POLL, LOOKUP, UPLOAD, BALANCE, DOWNLOAD
    }

    /** @return not negative, whatever the clock did */
    public Duration time() {
        return endedAt.isBefore(begunAt) ? Duration.ZERO : Duration.between(begunAt, endedAt);
    }
}
