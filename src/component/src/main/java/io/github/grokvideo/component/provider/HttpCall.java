// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.job.Media;

/**
 * A call to a gateway as data. The transport adds the base URL and the key.
 *
 * @param method  GET, POST, PUT or DELETE
 * @param path    below the account's base URL, starts with {@code /}, its variable parts URL-encoded; it may have a query
 * @param headers further request headers, without the key; never null
 * @param body    null = none
 */
public record HttpCall(String method, String path, Map<String, String> headers, Body body) {

    /**
     * @param method  GET, POST, PUT or DELETE
     * @param path    below the account's base URL, starts with {@code /}
     * @param headers copied; null = none
     * @param body    null = none
     */
    public HttpCall {
        headers = headers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /**
     * A call without further headers.
     *
     * @param method GET, POST, PUT or DELETE
     * @param path   below the account's base URL, starts with {@code /}
     * @param body   null = none
     */
    public HttpCall(String method, String path, Body body) {
        this(method, path, Map.of(), body);
    }

    /**
     * @param  path below the account's base URL, starts with {@code /}
     * @return      a GET without a body
     */
    public static HttpCall get(String path) {
        return new HttpCall("GET", path, null);
    }

    /**
     * @param  path below the account's base URL, starts with {@code /}
     * @param  json the body
     * @return      a POST of JSON
     */
    public static HttpCall post(String path, JsonNode json) {
        return new HttpCall("POST", path, new Json(json));
    }

    /**
     * @param  path      below the account's base URL, starts with {@code /}
     * @param  multipart the body
     * @return           a POST of multipart/form-data
     */
    public static HttpCall post(String path, Multipart multipart) {
        return new HttpCall("POST", path, multipart);
    }

    /**
     * @param  path below the account's base URL, starts with {@code /}
     * @return      a PUT without a body
     */
    public static HttpCall put(String path) {
        return new HttpCall("PUT", path, null);
    }

    /**
     * @param  path below the account's base URL, starts with {@code /}
     * @return      a DELETE without a body
     */
    public static HttpCall delete(String path) {
        return new HttpCall("DELETE", path, null);
    }

    /**
     * @param  name  not URL-encoded
     * @param  value not URL-encoded
     * @return       the call with a further query parameter
     */
    public HttpCall withQuery(String name, String value) {
        String parameter = URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return new HttpCall(method, path + (path.indexOf('?') < 0 ? "?" : "&") + parameter, headers, body);
    }

    /**
     * @param  name  name of the header
     * @param  value one line
     * @return       the call with that request header; it replaces one of the same name
     */
    public HttpCall withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(method, path, more, body);
    }

    /** Without the query and the values of headers, which may be secret. */
    @Override
    public String toString() {
        return method + " " + (path == null ? null : path.replaceFirst("\\?.*", ""));
    }

    /** The body of a call. */
    public sealed interface Body {
    }

    /**
     * A JSON body.
     *
     * @param content never null
     */
    public record Json(JsonNode content) implements Body {
    }

    /**
     * A multipart/form-data body.
     *
     * @param fields plain fields, in order, before the file
     * @param file   the one file part
     */
    public record Multipart(Map<String, String> fields, FilePart file) implements Body {
    }

    /**
     * The bytes of a file, as they are.
     *
     * @param contentType for example {@code image/png}
     * @param content     a {@link Media.LocalFile} or {@link Media.Bytes}
     */
    public record FileBytes(String contentType, Media content) implements Body {
    }

    /**
     * The file part of a multipart body.
     *
     * @param name        name of the form field
     * @param fileName    shown to the gateway
     * @param contentType for example {@code image/png}
     * @param content     a {@link Media.LocalFile} or {@link Media.Bytes}
     */
    public record FilePart(String name, String fileName, String contentType, Media content) {
    }
}
