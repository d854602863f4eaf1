// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call that waits for a change without a thread. It is answered once. Thread-safe. */
final class WaitingCall {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingCall.class);

    private final AsyncContext async;
    private final String mark;
    private final BooleanSupplier loggedIn;
    private final Runnable over;
    private final AtomicBoolean answered = new AtomicBoolean();

    /**
     * @param mark     what the page knows
     * @param loggedIn whether the login of the page lasts
     * @param over     run once when the call is answered or lost
     */
    WaitingCall(AsyncContext async, String mark, BooleanSupplier loggedIn, Runnable over) {
        this.async = async;
        this.mark = mark;
        this.loggedIn = loggedIn;
        this.over = over;
    }

    /** Whether the page no longer waits. */
    boolean isAnswered() {
        return answered.get();
    }

    /** Whether the login lasts that may see the answer. */
    boolean isLoggedIn() {
        return loggedIn.getAsBoolean();
    }

    String mark() {
        return mark;
    }

    /** Answers with a mark: another than the page knows, or the same one when nothing has changed for a while. */
    void answer(String current) {
        // Marks are made of letters that JSON does not escape.
        end(response -> response.getWriter().print("{\"mark\":\"" + current + "\"}"));
    }

    /** Answers that the login has ended, or that there is nothing to follow any more. */
    void refuse(int status) {
        end(response -> response.setStatus(status));
    }

    /** The browser has gone. */
    void lost() {
        if (answered.compareAndSet(false, true)) {
            over.run();
        }
    }

    private interface Answer {
        void write(HttpServletResponse response) throws IOException;
    }

    private void end(Answer answer) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        over.run();
        try {
            HttpServletResponse response = (HttpServletResponse) async.getResponse();
            response.setContentType("application/json");
            response.setHeader("Cache-Control", "no-store");
            answer.write(response);
            async.complete();
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("The browser did not wait for the answer: {}", gone.toString());
        }
    }
}
