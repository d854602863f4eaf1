// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

/** Where a job is in its life. The order is the order of the happy path. */
public enum JobState {

    /** Known, nothing sent yet. */
    NEW,
    /** The one POST is about to be sent or is on its way. */
    SUBMITTING,
    /** The gateway answered with a task id: from here on it may be charged. */
    ACCEPTED,
    /** The gateway says it is working on it. */
    RUNNING,
    /** The video exists at the gateway; its URL will expire. */
    RENDERED,
    /** The verified file is on this machine. */
    DOWNLOADED,
    /** A route has finished its work with the file, or with the URL where only that was wanted. */
    DELIVERED,
    /** The gateway refused the submit: nothing was created. */
    REJECTED,
    /** The gateway gave up on the job. */
    FAILED,
    /** Content moderation withheld the video. */
    MODERATED,
    /** The job or its video is gone from the gateway. */
    EXPIRED,
    /** It cannot be known whether the submit created a job. Never submitted again by default. */
    UNKNOWN;

    /** Nothing more happens to a job in this state by itself. */
    public boolean isEnded() {
        return switch (this) {
            case DELIVERED, REJECTED, FAILED, MODERATED, EXPIRED, UNKNOWN -> true;
            case NEW, SUBMITTING, ACCEPTED, RUNNING, RENDERED, DOWNLOADED -> false;
        };
    }

    /** The gateway has the job and the video is not on this machine yet. */
    public boolean isWaiting() {
        return this == ACCEPTED || this == RUNNING || this == RENDERED;
    }

    /** The job was submitted, and it is not known whether that created a task that is charged. */
    public boolean isChargedInDoubt() {
        return this == SUBMITTING || this == UNKNOWN;
    }

    /** The verified file has been on this machine. */
    public boolean hasVideo() {
        return this == DOWNLOADED || this == DELIVERED;
    }
}
