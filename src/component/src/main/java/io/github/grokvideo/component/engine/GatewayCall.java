// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * A finished call to a gateway or to the host of its videos.
 *
 * @param jobId   null = not about a stored job
 * @param account account whose key was used
 * @param method  GET, POST, PUT or DELETE
 * @param status  HTTP status; 0 = no response
 * @param bytes   size of the video that a DOWNLOAD fetched; otherwise 0
 * @param error   text for people, without secrets; null = there was a response, or the download succeeded
 */
public record GatewayCall(
        Operation operation, String jobId, VideoAccount account, String method, Instant begunAt, Instant endedAt, int status, long bytes,
        String error) {

    /** Purpose of a call. */
    public enum Operation {
        SUBMIT, POLL, LOOKUP, UPLOAD, CANCEL, BALANCE, DOWNLOAD
    }

    /** @return duration; never negative, even if the clock was set back */
    public Duration time() {
        return endedAt.isBefore(begunAt) ? Duration.ZERO : Duration.between(begunAt, endedAt);
    }
}
