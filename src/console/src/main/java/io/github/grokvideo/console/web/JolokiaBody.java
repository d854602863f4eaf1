// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jolokia.json.parser.JSONParser;
import org.jolokia.json.parser.ParseException;

/**
 * Reads the body before Jolokia does: refuses notifications (403), for which Jolokia registers clients regardless of its policy, and makes
 * Jolokia read exactly the checked text as UTF-8.
 */
public final class JolokiaBody extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String REFUSED =
            "{\"status\":403,\"error_type\":\"java.lang.SecurityException\",\"error\":\"Notifications are not offered\"}";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        byte[] body;
        try {
            body = request.getInputStream().readAllBytes();
        } catch (IOException | RuntimeException e) {
            // Larger than the limit, without a Content-Length. Hawtio's filter before this one would swallow the exception.
            response.setStatus(BodyLimit.isTooLarge(e) ? HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE
                    : HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        if (asksForNotifications(new String(body, StandardCharsets.UTF_8))) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType("application/json");
            response.getWriter().write(REFUSED);
        } else {
            chain.doFilter(new Read(request, body), response);
        }
    }

    /** Uses Jolokia's own parser, so that both read the same. */
    private static boolean asksForNotifications(String body) {
        try {
            Object json = new JSONParser().parse(new StringReader(body));
            List<?> requests = json instanceof List<?> many ? many : java.util.Arrays.asList(json);
            return requests.stream().anyMatch(one -> one instanceof Map<?, ?> map && map.get("type") != null
                    && map.get("type").toString().equalsIgnoreCase("notification"));
        } catch (ParseException | IOException | RuntimeException broken) {
            // Jolokia reports the error.
            return false;
        }
    }

    private static final class Read extends HttpServletRequestWrapper {

        private final byte[] body;

        private Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }

        @Override
        public ServletInputStream getInputStream() {
            ByteArrayInputStream in = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return in.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    return in.read(bytes, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return in.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("Not asynchronous");
                }
            };
        }
    }
}
