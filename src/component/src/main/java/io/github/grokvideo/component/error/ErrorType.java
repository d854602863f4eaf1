// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The kinds of {@link GrokVideoException}. A stored job keeps its kind, so that the exception can be thrown again later. */
public enum ErrorType {
    /** The request breaks the model's rules. */
    INVALID_REQUEST,
    /** The gateway does not accept the account's key. */
    AUTHENTICATION,
    /** The account has too little credit. */
    INSUFFICIENT_CREDIT,
    /** The gateway kept rate limiting the submit. */
    RATE_LIMITED,
    /** A budget has no room for the job, or the key's own spend limit is reached. */
    SPEND_LIMIT,
    /** The gateway refused the request. */
    SUBMIT_REJECTED,
    /** It is unknown whether the submit created a job. */
    SUBMIT_UNKNOWN,
    /** The gateway accepted the job and failed to complete it. */
    JOB_FAILED,
    /** Content moderation withheld the video. */
    MODERATED,
    /** The job, or the URL of its video, is gone from the gateway. */
    JOB_EXPIRED,
    /** The gateway stopped the job, usually because it was asked to, or the job was cancelled before it was sent. */
    CANCELLED,
    /** The job is not known here, or its task is not known at the gateway. */
    JOB_NOT_FOUND,
    /** The jobKey belongs to a job with a different request. */
    JOB_KEY_CONFLICT,
    /** The job store or the video directory cannot be used. */
    STORE_UNAVAILABLE,
    /** The gateway documents no call for this operation. */
    UNSUPPORTED,
    /** The wait timed out; the job continues. */
    WAIT_TIMEOUT,
    /** The video exists at the gateway but could not be downloaded yet. */
    DOWNLOAD_FAILED,
    /** The route stopped or is stopping; an existing job continues. */
    DETACHED,
    /** The video was already delivered. */
    ALREADY_DELIVERED
}
