// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;

/** Answers 413 to requests with a body larger than the console's pages send, before any other processing. */
public final class BodyLimit extends SizeLimitHandler {

    /** Largest request body, in bytes. */
    private static final int MAX_BYTES = 1 << 20;

    public BodyLimit(Handler handler) {
        super(MAX_BYTES, -1);
        setHandler(handler);
    }

    /** Whether reading a body has failed because it is too large. */
    static boolean isTooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException known && known.getCode() == HttpStatus.PAYLOAD_TOO_LARGE_413) {
                return true;
            }
        }
        return false;
    }
}
