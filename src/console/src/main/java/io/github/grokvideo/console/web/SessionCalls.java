// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;

/** The waiting calls of a login: they end with its session. Thread-safe. */
final class SessionCalls implements HttpSessionBindingListener {

    /** As many pages as a person has in view. Further calls are those of pages that were closed, which is noticed late. */
    static final int MOST = 8;
    private static final String ATTRIBUTE = SessionCalls.class.getName();
    private static final ReentrantLock CREATION = new ReentrantLock();

    private final HttpSession session;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<WaitingCall> calls = new ArrayDeque<>();

    SessionCalls(HttpSession session) {
        this.session = session;
    }

    /** @throws IllegalStateException if the session has ended */
    static SessionCalls of(HttpSession session) {
        CREATION.lock();
        try {
            if (session.getAttribute(ATTRIBUTE) instanceof SessionCalls known) {
                return known;
            }
            SessionCalls calls = new SessionCalls(session);
            session.setAttribute(ATTRIBUTE, calls);
            return calls;
        } finally {
            CREATION.unlock();
        }
    }

    /** Whether the session lasts. It need not tell: what is bound to a session while it ends may never be unbound. */
    boolean isLoggedIn() {
        try {
            return session.getAttribute(ATTRIBUTE) == this;
        } catch (IllegalStateException hasEnded) {
            return false;
        }
    }

    /** If there are too many, the oldest is answered that nothing has changed. If the session has just ended, the call is refused. */
    void add(WaitingCall call) {
        WaitingCall oldest;
        lock.lock();
        try {
            calls.addLast(call);
            oldest = calls.size() > MOST ? calls.pollFirst() : null;
        } finally {
            lock.unlock();
        }
        if (!isLoggedIn()) {
            call.refuse(HttpServletResponse.SC_FORBIDDEN);
        }
        if (oldest != null) {
            oldest.answer(oldest.mark());
        }
    }

    void remove(WaitingCall call) {
        lock.lock();
        try {
            calls.remove(call);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        List<WaitingCall> all;
        lock.lock();
        try {
            all = List.copyOf(calls);
        } finally {
            lock.unlock();
        }
        all.forEach(call -> call.refuse(HttpServletResponse.SC_FORBIDDEN));
    }
}
