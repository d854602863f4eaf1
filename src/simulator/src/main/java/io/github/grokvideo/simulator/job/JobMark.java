// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

/** Something that has happened to a job and that its times do not tell. */
public enum JobMark {
    /** Its video was put where the request said. */
    UPLOADED,
    /** Its video could not be put there. */
    UPLOAD_FAILED,
    /** The stored file of its video was deleted. */
    FILE_DELETED,
    /** Its callback was received, or given up. */
    NOTIFIED,
    /** The client cancelled it. */
    CANCELLED,
    /** The client deleted it. */
    DELETED
}
