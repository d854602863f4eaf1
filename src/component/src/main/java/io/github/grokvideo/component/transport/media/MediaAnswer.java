// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.media;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.io.Closer;

/** Response to a download request after redirects: its headers, and its body as a stream. */
final class MediaAnswer implements Closeable {

    private static final Pattern CONTENT_RANGE = Pattern.compile("\\s*bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)\\s*",
            Pattern.CASE_INSENSITIVE);
    /** RFC 9110, 8.8.2.2: a Last-Modified is strong if it is at least a second older than the response. */
    private static final Duration STRONG_AGE = Duration.ofSeconds(1);

    private static final List<String> CODINGS = List.of("gzip", "x-gzip", "deflate", "compress", "x-compress", "br", "zstd");

    /**
     * A Content-Range.
     *
     * @param last  position of the last byte
     * @param total -1 = not reported
     */
    record Range(long first, long last, long total) {
    }

    private final String host;
    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;

    MediaAnswer(String host, HttpUriRequestBase request, ClassicHttpResponse response) {
        this.host = host;
        this.request = request;
        this.response = response;
    }

    String host() {
        return host;
    }

    int status() {
        return response.getCode();
    }

    String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** @return bytes; -1 = not reported */
    long contentLength() {
        HttpEntity entity = response.getEntity();
        return entity == null ? 0 : entity.getContentLength();
    }

    /** Whether the transfer marks the end of the body, so that truncation is detected. */
    boolean isDelimited() {
        HttpEntity entity = response.getEntity();
        return entity != null && (entity.getContentLength() >= 0 || entity.isChunked());
    }

    /** Whether Content-Encoding claims a compression, which may be wrong. */
    boolean claimsCompression() {
        return CODINGS.stream().anyMatch(this::isCalled);
    }

    /** Whether Content-Encoding contains this coding. */
    boolean isCalled(String coding) {
        String all = header(HttpHeaders.CONTENT_ENCODING);
        return all != null && Arrays.stream(all.split(",")).anyMatch(one -> one.strip().equalsIgnoreCase(coding));
    }

    /** @return the Location as the server wrote it, decoded as UTF-8 if possible; null = none */
    String location() {
        String location = header(HttpHeaders.LOCATION);
        if (location == null || location.chars().anyMatch(c -> c > 0xFF)) {
            return location;
        }
        try {
            // The parser decodes headers as ISO-8859-1.
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(location.getBytes(StandardCharsets.ISO_8859_1))).toString();
        } catch (CharacterCodingException latin1) {
            return location;
        }
    }

    /** @return the media type without parameters, for messages; null = none */
    String contentType() {
        String type = header(HttpHeaders.CONTENT_TYPE);
        return type == null ? null : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** @return null = none, or invalid */
    Range range() {
        String value = header(HttpHeaders.CONTENT_RANGE);
        Matcher matcher = CONTENT_RANGE.matcher(value == null ? "" : value);
        if (!matcher.matches()) {
            return null;
        }
        long total = matcher.group(3).equals("*") ? -1 : Long.parseLong(matcher.group(3));
        return new Range(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), total);
    }

    /** @return the validator for If-Range: a strong ETag, else a strong Last-Modified; null = neither */
    String validator() {
        String tag = header(HttpHeaders.ETAG);
        if (tag != null) {
            return tag.strip().startsWith("\"") ? tag.strip() : null;
        }
        Instant modified = date(HttpHeaders.LAST_MODIFIED);
        Instant answered = date(HttpHeaders.DATE);
        boolean strong = modified != null && answered != null && !modified.plus(STRONG_AGE).isAfter(answered);
        return strong ? header(HttpHeaders.LAST_MODIFIED).strip() : null;
    }

    private Instant date(String name) {
        String value = header(name);
        return value == null ? null : DateUtils.parseStandardDate(value);
    }

    /** @return whether the response is of another version, as from a server that ignores If-Range */
    boolean contradicts(String validator) {
        String now = header(validator.startsWith("\"") ? HttpHeaders.ETAG : HttpHeaders.LAST_MODIFIED);
        return now != null && !now.strip().equals(validator);
    }

    InputStream body() throws IOException {
        HttpEntity entity = response.getEntity();
        InputStream content = entity == null ? null : entity.getContent();
        return content == null ? InputStream.nullInputStream() : content;
    }

    /** Aborts the connection unless the body was read to its end: closing only the response would read the rest of it first. */
    @Override
    public void close() {
        request.cancel();
        Closer.closeQuietly(response);
    }
}
