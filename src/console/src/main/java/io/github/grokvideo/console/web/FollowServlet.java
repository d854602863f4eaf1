// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import io.github.grokvideo.console.auth.CurrentLogin;
import io.hawt.web.auth.SessionExpiryFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

/**
 * Answers when jobs have changed: {@code /follow?mbean=<name of VideoJobs>&mark=<as last answered>} returns
 * <code>{"mark":"..."}</code> as soon as it differs, or after a while as it is. Waiting holds no thread.
 */
public final class FollowServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    /** Shorter than what proxies usually wait for. */
    private static final long HEARTBEAT_MILLIS = 25_000;
    /** Of all logins. */
    private static final int MOST = 200;
    /** As the component's job stores may write them (JobLists.changeMark). */
    private static final Pattern MARK = Pattern.compile("[0-9A-Za-z:./+-]{0,100}");

    private final transient CurrentLogin login;
    private transient ChangeWatch watch;

    public FollowServlet(CurrentLogin login) {
        this.login = login;
    }

    @Override
    public void init() {
        watch = new ChangeWatch();
    }

    @Override
    public void destroy() {
        watch.close();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        if (login.role().isEmpty() || session == null) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        Optional<SessionCalls> own = calls(request, session);
        if (own.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        String mark = Optional.ofNullable(request.getParameter("mark")).orElse("");
        Optional<ObjectName> bean = bean(request.getParameter("mbean"));
        if (bean.isEmpty() || !MARK.matcher(mark).matches()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        if (watch.size() >= MOST) {
            response.setHeader("Retry-After", "10");
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        begin(request.startAsync(), bean.get(), mark, own.get());
    }

    /** @return empty = the session has just ended */
    private static Optional<SessionCalls> calls(HttpServletRequest request, HttpSession session) {
        try {
            keepIdle(request, session);
            return Optional.of(SessionCalls.of(session));
        } catch (IllegalStateException ended) {
            return Optional.empty();
        }
    }

    /** A page that waits is no sign of a person: the login ends as it does without it. */
    private static void keepIdle(HttpServletRequest request, HttpSession session) {
        Object before = request.getAttribute(IdleFilter.LAST_ACCESS_BEFORE);
        if (before != null) {
            session.setAttribute(SessionExpiryFilter.ATTRIBUTE_LAST_ACCESS, before);
        }
    }

    private static Optional<ObjectName> bean(String text) {
        try {
            ObjectName name = text == null ? null : new ObjectName(text);
            boolean jobs = name != null && !name.isPattern() && name.getDomain().equals("org.apache.camel")
                    && "services".equals(name.getKeyProperty("type"))
                    && String.valueOf(name.getKeyProperty("name")).startsWith("VideoJobs");
            return jobs ? Optional.of(name) : Optional.empty();
        } catch (MalformedObjectNameException wrong) {
            return Optional.empty();
        }
    }

    private void begin(AsyncContext async, ObjectName bean, String mark, SessionCalls own) {
        Registration registration = new Registration(bean, own);
        WaitingCall call = new WaitingCall(async, mark, own::isLoggedIn, registration::end);
        registration.call = call;
        async.setTimeout(HEARTBEAT_MILLIS);
        async.addListener(new Ending(call));
        own.add(call);
        watch.add(bean, call);
    }

    /** Where a call is registered while it waits. */
    private final class Registration {

        private final ObjectName bean;
        private final SessionCalls own;
        private volatile WaitingCall call;

        private Registration(ObjectName bean, SessionCalls own) {
            this.bean = bean;
            this.own = own;
        }

        private void end() {
            own.remove(call);
            watch.remove(bean, call);
        }
    }

    private record Ending(WaitingCall call) implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            call.answer(call.mark());
        }

        @Override
        public void onError(AsyncEvent event) {
            call.lost();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            call.lost();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // It is started once.
        }
    }
}
