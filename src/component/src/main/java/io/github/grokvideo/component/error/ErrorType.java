// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** The kinds of {@link GrokVideoException}; a stored job keeps the kind, so that it can be thrown again later. */
public enum ErrorType {
    INVALID_REQUEST,
    AUTHENTICATION,
    INSUFFICIENT_CREDIT,
    RATE_LIMITED,
    SPEND_LIMIT,
    SUBMIT_REJECTED,
    SUBMIT_UNKNOWN,
    JOB_FAILED,
    MODERATED,
    JOB_EXPIRED,
    JOB_NOT_FOUND,
    JOB_KEY_CONFLICT,
    STORE_UNAVAILABLE,
    UNSUPPORTED,
    WAIT_TIMEOUT,
    DOWNLOAD_FAILED,
    DETACHED,
    ALREADY_DELIVERED
}
