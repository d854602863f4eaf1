// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.IOException;
import java.time.Duration;
import io.github.grokvideo.console.auth.LoginThrottle;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Rejects login attempts that an address makes too fast (429), and sets the caller's address for the throttle. */
public final class LoginGate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient LoginThrottle throttle;
    private final transient CallerAddress callers;

    public LoginGate(LoginThrottle throttle, CallerAddress callers) {
        this.throttle = throttle;
        this.callers = callers;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean login = request.getMethod().equals("POST") && request.getServletPath().equals("/auth/login");
        String caller = callers.of(request);
        Duration blocked = throttle.blockedFor(caller);
        if ((login || request.getHeader("Authorization") != null) && !blocked.isZero()) {
            response.setStatus(429);
            response.setHeader("Retry-After", Long.toString(blocked.plusMillis(999).toSeconds()));
            return;
        }
        throttle.caller(caller);
        try {
            chain.doFilter(request, response);
        } finally {
            throttle.caller(null);
        }
    }
}
