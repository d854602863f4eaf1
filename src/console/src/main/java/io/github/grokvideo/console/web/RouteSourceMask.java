// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * Masks secrets and prompts in route sources, anywhere in Jolokia's answers, since an answer need not name its request. Camel masks URIs
 * that it shows elsewhere, but not route sources.
 */
public final class RouteSourceMask extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String MASKED = "xxxxxx";
    /** The name of an endpoint URI's option, in XML within JSON. */
    private static final Pattern OPTION = Pattern.compile(
            "(?i)[?&;]\\w*(?:api-?key|access-?key|password|passphrase|secret|token|credential|prompt)\\w*=");
    /** A literal, such as a header's value, which may be a token or a prompt. */
    private static final Pattern CONSTANT = Pattern.compile("(<constant(?:\\s[^<>]*)?(?<!/)>).*?(<\\\\?/constant>)", Pattern.DOTALL);
    private static final Pattern EXPRESSION = Pattern.compile(
            "(<(simple|csimple|groovy|js|joor|java|jq|jsonpath|xpath|xquery|spel|mvel|ognl"
            + "|python|datasonnet|method)(?:\\s[^<>]*)?(?<!/)>)(.*?)(<\\\\?/\\2>)", Pattern.DOTALL);
    /** A literal in an expression. */
    private static final Pattern TEXT = Pattern.compile("'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'"
            + "|\\\\\"[^\"\\\\]*+(?:\\\\[^\"][^\"\\\\]*+)*+\\\\\"|&(apos|quot);.*?&\\1;", Pattern.DOTALL);
    private static final Pattern MESSAGE = Pattern.compile(
            "(<log\\s(?:[^<>]*?\\s)?message=\\\\\")[^\"\\\\]*+(?:\\\\[^\"][^\"\\\\]*+)*+(\\\\\")");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Kept kept = new Kept(response);
        chain.doFilter(request, kept);
        byte[] body = kept.body();
        if (response.isCommitted()) {
            return;
        }
        body = masked(new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static String masked(String text) {
        String masked = withoutOptions(text);
        if (!masked.contains("<route")) {
            return masked;
        }
        masked = CONSTANT.matcher(masked).replaceAll("$1" + MASKED + "$2");
        masked = MESSAGE.matcher(masked).replaceAll("$1" + MASKED + "$2");
        return EXPRESSION.matcher(masked).replaceAll(found -> Matcher.quoteReplacement(
                found.group(1) + TEXT.matcher(found.group(3)).replaceAll("'" + MASKED + "'") + found.group(4)));
    }

    private static String withoutOptions(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        Matcher option = OPTION.matcher(text);
        int from = 0;
        while (option.find(from)) {
            masked.append(text, from, option.end()).append(MASKED);
            from = endOfValue(text, option.end());
        }
        return masked.append(text, from, text.length()).toString();
    }

    /** Index of the next option or the end of the attribute. Not a regular expression, since a long prompt would overflow the stack. */
    private static int endOfValue(String text, int start) {
        String close = text.startsWith("RAW(", start) ? ")" : text.startsWith("RAW{", start) ? "}" : null;
        if (close != null) {
            int end = text.indexOf(close, start);
            while (end >= 0 && !endsAt(text, end + 1)) {
                end = text.indexOf(close, end + 1);
            }
            return end < 0 ? text.length() : end + 1;
        }
        int at = start;
        while (!endsAt(text, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    private static boolean endsAt(String text, int at) {
        if (at >= text.length()) {
            return true;
        }
        char next = text.charAt(at);
        if (next == '&') {
            // Any other entity belongs to the value.
            return text.startsWith("&amp;", at) || !text.startsWith("&quot;", at) && !text.startsWith("&apos;", at)
                    && !text.startsWith("&lt;", at) && !text.startsWith("&gt;", at) && !text.startsWith("&#", at);
        }
        if (next == '\\') {
            return at + 1 < text.length() && "\"nrt".indexOf(text.charAt(at + 1)) >= 0;
        }
        return next == '"' || next == '\'' || next == '<' || next == '>' || Character.isWhitespace(next);
    }

    /** Buffers the response. */
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
            // Ignored, since masking may change it.
        }

        @Override
        public void setContentLengthLong(long length) {
            // Ignored, since masking may change it.
        }

        @Override
        public void flushBuffer() {
            // Nothing is sent before the response is complete.
        }
    }
}
