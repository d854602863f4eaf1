// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers 403 to requests from pages of another origin. A page on another port of this machine counts as the same site, so the session
 * cookie alone does not prevent them.
 */
public final class ForeignPageCheck extends HttpFilter {

    private static final long serialVersionUID = 1L;
    /** Paths that change or reveal something, even with GET. */
    private static final List<String> GUARDED = List.of("/auth/", "/jolokia", "/videos/", "/follow", "/user", "/plugin");

    private final Set<String> origins;

    /** @param origins of the console's page, such as {@code http://127.0.0.1:8778} */
    public ForeignPageCheck(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isForeign(request)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isForeign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!reads && origin != null && !origins.contains(origin)) {
            return true;
        }
        // All current browsers send it; "none" means that the user opened the URL, as with a bookmark.
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none")
                && GUARDED.stream().anyMatch(request.getServletPath()::startsWith);
    }
}
