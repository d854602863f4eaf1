package io.github.grokvideo.console.web;

import io.github.grokvideo.console.auth.LoginThrottle;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Turns away requests with a password that come too fast (429), and logins that a foreign page sends (403). */
public final class LoginGate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient LoginThrottle throttle;
    private final Set<String> origins;

    public LoginGate(LoginThrottle throttle, Set<String> origins) {
        this.throttle = throttle;
        this.origins = Set.copyOf(origins);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!reads && origin != null && !origins.contains(origin)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        boolean login = !reads && request.getServletPath().equals("/auth/login");
        Duration blocked = throttle.blockedFor();
        if ((login || request.getHeader("Authorization") != null) && !blocked.isZero()) {
            response.setStatus(429);
            response.setHeader("Retry-After", Long.toString(blocked.plusMillis(999).toSeconds()));
            return;
        }
        chain.doFilter(request, response);
    }
}
