// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.IOException;
import io.hawt.web.auth.SessionExpiryFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

/** Remembers when a person last did something, before Hawtio takes the request for that. */
public final class IdleFilter extends HttpFilter {

    static final String LAST_ACCESS_BEFORE = IdleFilter.class.getName();
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpSession session = request.getSession(false);
        if (session != null) {
            request.setAttribute(LAST_ACCESS_BEFORE, session.getAttribute(SessionExpiryFilter.ATTRIBUTE_LAST_ACCESS));
        }
        chain.doFilter(request, response);
    }
}
