// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

/** Why a gateway refuses, before the gateway puts it in its own words. */
public enum Trouble {
    /** A field that must be there is not. */
    MISSING(400),
    /** A field has a value that is not accepted. */
    INVALID(400),
    /** A text is longer than accepted. */
    TOO_LONG(400),
    /** The body is no JSON object. */
    UNREADABLE(400),
    /** There is no body, or its content type is not JSON. */
    NO_BODY(400),
    /** A callback was asked for, but none is configured for the account. */
    NO_WEBHOOK(400),
    /** No Authorization header. */
    NO_KEY(401),
    /** An Authorization header that is not {@code Bearer <key>}. */
    MALFORMED_KEY(401),
    /** A key that is not known. */
    WRONG_KEY(401),
    NO_CREDIT(402),
    FORBIDDEN(403),
    /** The model is not known. */
    NO_MODEL(404),
    /** The task is not known. */
    NO_TASK(404),
    /** The path is not known. */
    NO_PATH(404),
    TOO_LARGE(413),
    /** A field of an invalid format, or content that is refused. */
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

    /** The usual HTTP status; a gateway may answer another one. */
    public int status() {
        return status;
    }

    /** The plainest trouble with a status, to answer a fault that was asked for by status. */
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
