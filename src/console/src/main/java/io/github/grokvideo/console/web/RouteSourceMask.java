package io.github.grokvideo.console.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Masks secrets and prompts in what Jolokia answers about the source of routes. In URIs that it shows elsewhere Camel does so itself; the
 * source it gives as it was written.
 */
public final class RouteSourceMask extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String SOURCE = "\"operation\":\"dumpRoute";
    /** An option of an endpoint URI in XML in JSON. */
    private static final Pattern OPTION = Pattern.compile(
            "(?i)([?&;]\\w*(?:api-?key|access-?key|password|passphrase|secret|token|credential|prompt)\\w*=)(RAW\\([^)]*\\)|RAW\\{[^}]*}|[^&\"'<>\\\\\\s]+)");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        Kept kept = new Kept(response);
        chain.doFilter(request, kept);
        byte[] body = kept.body();
        if (response.isCommitted()) {
            return;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.contains(SOURCE)) {
            body = masked(text).getBytes(StandardCharsets.UTF_8);
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static String masked(String text) {
        return OPTION.matcher(text).replaceAll("$1xxxxxx");
    }

    /** An answer that is not sent yet. */
    private static final class Kept extends HttpServletResponseWrapper {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final PrintWriter writer = new PrintWriter(bytes, false, StandardCharsets.UTF_8);

        private Kept(HttpServletResponse response) {
            super(response);
        }

        private byte[] body() {
            writer.flush();
            return bytes.toByteArray();
        }

        @Override
        public PrintWriter getWriter() {
            return writer;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public void write(int value) {
                    bytes.write(value);
                }

                @Override
                public void write(byte[] part, int offset, int length) {
                    bytes.write(part, offset, length);
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new IllegalStateException("Not asynchronous");
                }
            };
        }

        @Override
        public void setContentLength(int length) {
            // It may change.
        }

        @Override
        public void setContentLengthLong(long length) {
            // It may change.
        }

        @Override
        public void flushBuffer() {
            // Nothing is sent before the whole is known.
        }
    }
}
