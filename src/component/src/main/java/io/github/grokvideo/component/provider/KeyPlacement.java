// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where a gateway expects the API key. The transport adds the key there, and only in calls to the base URL's origin: a provider never sees
 * it.
 *
 * @param place  header or query parameter
 * @param name   name of the header or the parameter
 * @param prefix precedes the key, for example {@code "Bearer "}; empty = none
 */
public record KeyPlacement(Place place, String name, String prefix) {

    /** {@code Authorization: Bearer <key>}, which most gateways use. */
    public static final KeyPlacement BEARER = header("Authorization", "Bearer ");

    /** The parts of a request that can carry a key. */
    public enum Place {
        /** A request header. */
        HEADER,
        /** A query parameter. Servers and proxies may log it: use it only if the gateway offers no header. */
        QUERY
    }

    /**
     * @param place  header or query parameter; never null
     * @param name   name of the header or the parameter; never null
     * @param prefix precedes the key; null = none
     */
    public KeyPlacement {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(name, "name");
        prefix = prefix == null ? "" : prefix;
    }

    /**
     * @param  name   for example {@code Authorization} or {@code X-Api-Key}
     * @param  prefix for example {@code "Key "}, with its space; empty = none
     * @return        the key as value of that header
     */
    public static KeyPlacement header(String name, String prefix) {
        return new KeyPlacement(Place.HEADER, name, prefix);
    }

    /**
     * @param  name name of the query parameter
     * @return      the key as value of that parameter
     */
    public static KeyPlacement query(String name) {
        return new KeyPlacement(Place.QUERY, name, "");
    }

    /**
     * @param  path   path of a call, possibly with a query
     * @param  apiKey blank = none
     * @return        the path with the key as query parameter; unchanged if the key belongs into a header
     */
    public String inPath(String path, String apiKey) {
        if (place != Place.QUERY || apiKey.isBlank()) {
            return path;
        }
        return path + (path.indexOf('?') < 0 ? "?" : "&") + encoded(name) + "=" + encoded(prefix + apiKey);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
