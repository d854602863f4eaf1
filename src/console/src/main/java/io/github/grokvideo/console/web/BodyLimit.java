// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers 413 to requests with a body larger than the console's pages send, before any other processing. Only images may be larger; their
 * servlet limits them.
 */
public final class BodyLimit extends SizeLimitHandler {

    /** Largest request body, in bytes. */
    private static final int MAX_BYTES = 1 << 20;

    private static final String IMAGES = ConsoleContext.PATH + ImageUploadServlet.PATH;

    public BodyLimit(Handler handler) {
        super(MAX_BYTES, -1);
        setHandler(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean image = request.getMethod().equals("POST") && IMAGES.equals(request.getHttpURI().getPath());
        return image ? getHandler().handle(request, response, callback) : super.handle(request, response, callback);
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
