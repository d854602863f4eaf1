// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

/** Reasons for a refusal, independent of the gateway's own messages. */
public enum Trouble {
    /** A required field is missing. */
    MISSING(400),
    /** A field has a value that is not accepted. */
    INVALID(400),
    /** A text is too long. */
    TOO_LONG(400),
    /** The body is not a JSON object. */
    UNREADABLE(400),
    /** There is no body, or its content type is not JSON. */
    NO_BODY(400),
    /** A callback was requested, but none is configured for the account. */
    NO_WEBHOOK(400),
    /** No Authorization header. */
    NO_KEY(401),
    /** An Authorization header that is not {@code Bearer <key>}. */
    MALFORMED_KEY(401),
    /** The key is unknown. */
    WRONG_KEY(401),
    NO_CREDIT(402),
    FORBIDDEN(403),
    /** The model is unknown. */
    NO_MODEL(404),
    /** The task is unknown. */
    NO_TASK(404),
    /** The path is unknown. */
    NO_PATH(404),
    /** The video is not ready. */
    CONFLICT(409),
    /** The video is no longer there. */
    GONE(410),
    TOO_LARGE(413),
    /** A field has an invalid format, or the content is refused. */
    UNPROCESSABLE(422),
    RATE_LIMITED(429),
    SPEND_LIMIT(429),
    INTERNAL(500),
    BAD_GATEWAY(502),
    UNAVAILABLE(503),
    /** The rate limiter itself is down; nothing was created. */
    LIMITER_DOWN(503);

    private final int status;

    Trouble(int status) {
        this.status = status;
    }

    /** The usual HTTP status; a gateway may use another one. */
    public int status() {
        return status;
    }

    /** The most general reason with that status, for faults defined by status. */
    static Trouble ofStatus(int status) {
        return switch (status) {
            case 400 -> INVALID;
            case 401 -> NO_KEY;
            case 402 -> NO_CREDIT;
            case 403 -> FORBIDDEN;
            case 404 -> NO_TASK;
            case 413 -> TOO_LARGE;
            case 422 -> UNPROCESSABLE;
            case 429 -> RATE_LIMITED;
            case 502 -> BAD_GATEWAY;
            case 503 -> UNAVAILABLE;
            default -> INTERNAL;
        };
    }
}
