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

    public static HttpCall get(String path) {
        return new HttpCall("GET", path, null);
    }

    public static HttpCall post(String path, JsonNode json) {
        return new HttpCall("POST", path, new Json(json));
    }

    public static HttpCall post(String path, Multipart multipart) {
        return new HttpCall("POST", path, multipart);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    public sealed interface Body {
    }

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
     * @param name        of the form field
     * @param fileName    shown to the gateway
     * @param contentType for example {@code image/png}
     * @param content     a {@link Media.LocalFile} or {@link Media.Bytes}
     */
    public record FilePart(String name, String fileName, String contentType, Media content) {
    }
}
