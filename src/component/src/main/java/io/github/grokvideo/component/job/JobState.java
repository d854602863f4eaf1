// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

/** The states of a job, in the order of the happy path. */
public enum JobState {

    /** Known, nothing sent yet. */
    NEW,
    /** The POST is about to be sent or has no answer yet. */
    SUBMITTING,
    /** The gateway answered with a task id: from here on the job may be charged. */
    ACCEPTED,
    /** The gateway says it is working on it. */
    RUNNING,
    /** The video exists at the gateway; its URL will expire. */
    RENDERED,
    /** The verified file is on this machine. */
    DOWNLOADED,
    /** A route has finished processing the file, or the URL if only that was wanted. */
    DELIVERED,
    /** The gateway refused the submit: nothing was created. */
    REJECTED,
    /** The gateway failed to complete the job. */
    FAILED,
    /** Content moderation withheld the video. */
    MODERATED,
    /** The job or its video is gone from the gateway. */
    EXPIRED,
    /** The gateway stopped the job, usually because it was asked to, or the job was cancelled before it was sent. */
    CANCELLED,
    /** It is unknown whether the submit created a job. Never resubmitted by default. */
    UNKNOWN;

    /** @return whether the state is final unless a user or operator acts */
    public boolean isEnded() {
        return switch (this) {
            case DELIVERED, REJECTED, FAILED, MODERATED, EXPIRED, CANCELLED, UNKNOWN -> true;
            case NEW, SUBMITTING, ACCEPTED, RUNNING, RENDERED, DOWNLOADED -> false;
        };
    }

    /** @return whether the gateway accepted the job and the video is not on this machine yet */
    public boolean isWaiting() {
        return this == ACCEPTED || this == RUNNING || this == RENDERED;
    }

    /** @return whether the job counts against the account's {@code maxConcurrentJobs}: the gateway may be working on it */
    public boolean isAtGateway() {
        return this == SUBMITTING || this == ACCEPTED || this == RUNNING;
    }

    /** @return whether the job ended without a video and is not in doubt: the same request can be sent again as a new job */
    public boolean isFailure() {
        return this == FAILED || this == MODERATED || this == EXPIRED || this == CANCELLED;
    }

    /** @return whether the job was submitted and it is unknown whether that created a charged task */
    public boolean isChargedInDoubt() {
        return this == SUBMITTING || this == UNKNOWN;
    }

    /** @return whether the verified file is, or was, on this machine */
    public boolean hasVideo() {
        return this == DOWNLOADED || this == DELIVERED;
    }
}
