// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.job.Media;

/**
 * A call to a gateway as data. The transport adds the base URL and the key.
 *
 * @param method GET or POST
 * @param path   below the account's base URL, starts with {@code /}, its variable parts URL-encoded
 * @param body   null = none
 */
public record HttpCall(String method, String path, Body body) {

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

    @Override
    public String toString() {
        return method + " " + path;
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
     * @param fields plain fields, in order
     * @param file   the one file part
     */
    public record Multipart(Map<String, String> fields, FilePart file) implements Body {
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
