// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses URLs from gateways and file servers as leniently as a browser. Legal characters stay unchanged, since any change breaks the
 * signature of a signed URL. Illegal ones (spaces, raw UTF-8, a lone percent sign) are encoded.
 */
public final class LenientUrl {

    /** Characters. Signed URLs have up to a few thousand. */
    private static final int LONGEST = 65_536;
    /** RFC 3986, appendix B: scheme, authority, path, query. */
    private static final Pattern PARTS = Pattern.compile("(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?", Pattern.DOTALL);
    private static final Pattern BREAKS = Pattern.compile("[\t\r\n]");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final Pattern AUTHORITY = Pattern.compile("(.*@)?(.*?)(:\\d*)?");
    private static final String UNRESERVED_AND_DELIMITERS = "-._~!$&'()*+,;=:@/";
    /** Brackets are illegal in a query, but are commonly sent unencoded. */
    private static final String IN_QUERY = UNRESERVED_AND_DELIMITERS + "?[]";
    private static final String HEX = "0123456789ABCDEF";

    private LenientUrl() {
    }

    /**
     * @param  baseUrl  absolute; treated as a directory, even without a trailing slash
     * @param  url      absolute, or relative to the base URL; null = unreadable
     * @return          a valid URI of any scheme, without a fragment; empty = unreadable
     */
    public static Optional<URI> under(URI baseUrl, String url) {
        String base = baseUrl.toString();
        return resolve(base.endsWith("/") ? base : base + "/", url);
    }

    /**
     * Resolves a reference as in RFC 3986, section 5.2; {@link URI#resolve} follows an older RFC.
     *
     * @param  base      absolute
     * @param  reference absolute or relative; null = unreadable
     * @return           a valid URI of any scheme, without a fragment; empty = unreadable
     */
    public static Optional<URI> resolve(URI base, String reference) {
        return resolve(base.toString(), reference);
    }

    private static Optional<URI> resolve(String base, String reference) {
        if (reference == null || reference.length() > LONGEST) {
            return Optional.empty();
        }
        Parts to = Parts.of(clean(reference));
        if (to.scheme == null) {
            to = to.under(Parts.of(base));
        }
        if (to.scheme == null || !SCHEME.matcher(to.scheme).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(to.encoded()));
        } catch (URISyntaxException | IllegalArgumentException illegible) {
            return Optional.empty();
        }
    }

    /** As in the WHATWG URL standard: trims white space and invisible characters, and removes tabs and line breaks anywhere. */
    private static String clean(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isInvisible(text.charAt(from))) {
            from++;
        }
        while (to > from && isInvisible(text.charAt(to - 1))) {
            to--;
        }
        return BREAKS.matcher(text.substring(from, to)).replaceAll("");
    }

    private static boolean isInvisible(char character) {
        return character <= ' ' || Character.isWhitespace(character) || Character.getType(character) == Character.FORMAT;
    }

    /** The parts of a reference; an absent scheme, authority or query is null. */
    private record Parts(String scheme, String authority, String path, String query) {

        static Parts of(String text) {
            Matcher parts = PARTS.matcher(text);
            if (!parts.matches()) {
                throw new IllegalStateException("The pattern matches any text");
            }
            return new Parts(parts.group(1), parts.group(2), parts.group(3), parts.group(4));
        }

        /** This relative reference, resolved against a base. */
        Parts under(Parts base) {
            if (authority != null) {
                return new Parts(base.scheme, authority, withoutDots(path), query);
            }
            if (path.isEmpty()) {
                return new Parts(base.scheme, base.authority, base.path, query == null ? base.query : query);
            }
            String merged = path.startsWith("/") ? path : folder(base) + path;
            return new Parts(base.scheme, base.authority, withoutDots(merged), query);
        }

        private static String folder(Parts base) {
            return base.authority != null && base.path.isEmpty() ? "/" : base.path.substring(0, base.path.lastIndexOf('/') + 1);
        }

        String encoded() {
            return scheme + ":" + (authority == null ? "" : "//" + asciiAuthority()) + encode(path, UNRESERVED_AND_DELIMITERS)
                    + (query == null ? "" : "?" + encode(query, IN_QUERY));
        }

        private String asciiAuthority() {
            Matcher parts = AUTHORITY.matcher(authority);
            if (!parts.matches() || parts.group(2).chars().allMatch(c -> c < 128)) {
                return authority;
            }
            return (parts.group(1) == null ? "" : parts.group(1)) + IDN.toASCII(parts.group(2))
                    + (parts.group(3) == null ? "" : parts.group(3));
        }
    }

    /** RFC 3986, 5.2.4: Remove Dot Segments. */
    private static String withoutDots(String path) {
        StringBuilder out = new StringBuilder();
        String in = path;
        while (!in.isEmpty()) {
            if (in.startsWith("../")) {
                in = in.substring(3);
            } else if (in.startsWith("./") || in.startsWith("/./")) {
                in = in.substring(2);
            } else if (in.equals("/.")) {
                in = "/";
            } else if (in.startsWith("/../") || in.equals("/..")) {
                in = "/" + in.substring(Math.min(4, in.length()));
                out.setLength(Math.max(0, out.lastIndexOf("/")));
            } else if (in.equals(".") || in.equals("..")) {
                in = "";
            } else {
                int end = in.indexOf('/', 1);
                out.append(in, 0, end < 0 ? in.length() : end);
                in = end < 0 ? "" : in.substring(end);
            }
        }
        return out.toString();
    }

    private static String encode(String text, String allowed) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            boolean letterOrDigit = character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z'
                    || character >= '0' && character <= '9';
            if (letterOrDigit || allowed.indexOf(character) >= 0 || character == '%' && isHex(text, i) && isHex(text, i + 1)) {
                encoded.append((char) character);
            } else {
                for (byte one : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HEX.charAt((one & 0xF0) >> 4)).append(HEX.charAt(one & 0x0F));
                }
            }
        }
        return encoded.toString();
    }

    private static boolean isHex(String text, int index) {
        return index < text.length() && Character.digit(text.charAt(index), 16) >= 0 && text.charAt(index) < 128;
    }
}
