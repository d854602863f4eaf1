// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.fault;

import java.util.Locale;

/** The requests, or the jobs, that a fault affects. */
public enum FaultStage {
    /** A request that creates a job. */
    SUBMIT,
    /** A status query by the gateway's own task id. */
    POLL,
    /** A status query by the caller's own id (ToAPIs {@code client_business_id}). */
    LOOKUP,
    /** A file upload. */
    UPLOAD,
    /** A GET of a finished video. */
    DOWNLOAD,
    /** The webhook about the end of a job. */
    WEBHOOK,
    /** The outcome of the job itself, in all requests. */
    JOB;

    /** The name used in JSON and in directives: {@code submit}, {@code poll} and so on. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
