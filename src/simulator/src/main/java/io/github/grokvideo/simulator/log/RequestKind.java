// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.log;

/** What a request was for. */
public enum RequestKind {
    /** Creates a job. */
    SUBMIT,
    /** Queries a job's status by the gateway's id. */
    POLL,
    /** Queries a job's status by the caller's own id. */
    LOOKUP,
    /** Fetches a video. */
    DOWNLOAD,
    /** Sends a file. */
    UPLOAD,
    /** Queries the account's balance. */
    BALANCE,
    /** Sent by the simulator: a video put where a request said, or a webhook. Its path is the whole URL, its status the receiver's. */
    SENT,
    /** Anything else sent to a gateway; the simulator's own admin paths are not logged. */
    OTHER
}
