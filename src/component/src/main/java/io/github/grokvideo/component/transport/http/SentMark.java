// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Records whether a request may have been sent. It is set by the client's last interceptor, after name resolution, connection, proxy
 * tunnel, TLS and the user's interceptors, directly before the first byte. So "not sent" is certain, whatever the exception.
 */
final class SentMark {

    private static final String ATTRIBUTE = SentMark.class.getName();

    private final BooleanSupplier tooLate;
    private volatile boolean sent;

    SentMark(BooleanSupplier tooLate) {
        this.tooLate = tooLate;
    }

    void attachTo(HttpContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    boolean isSent() {
        return sent;
    }

    /** The interceptor. It also prevents paying twice, in case a handler in the user's client repeats a POST. */
    static void beforeSending(HttpRequest request, EntityDetails entity, HttpContext context) throws HttpException {
        if (context.getAttribute(ATTRIBUTE) instanceof SentMark mark) {
            mark.set(request);
        }
    }

    private void set(HttpRequest request) throws HttpException {
        if (tooLate.getAsBoolean()) {
            throw new HttpException("Too late to be sent");
        }
        if (sent && Method.POST.isSame(request.getMethod())) {
            throw new HttpException("Not sent a second time");
        }
        sent = true;
    }
}
