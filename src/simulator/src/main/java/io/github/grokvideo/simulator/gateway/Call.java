// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.Map;
import java.util.Optional;

/**
 * A request as a gateway sees it.
 *
 * @param path    below the gateway's prefix, without the query, such as {@code /videos/generations}
 * @param headers by lower-case name
 * @param query   by name, decoded
 * @param body    empty for multipart requests
 * @param form    a multipart request; null if it is none
 */
public record Call(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body, Form form) {

    /** The key of the Authorization header; empty if there is no such header or it has another scheme. */
    Optional<String> key(String scheme) {
        String header = headers.getOrDefault("authorization", "");
        return header.startsWith(scheme + " ") ? Optional.of(header.substring(scheme.length()).strip()) : Optional.empty();
    }

    /** The file of a multipart request; null if there is none. */
    Upload upload() {
        return form == null ? null : form.upload();
    }

    /** Whether this is a POST to the path. */
    boolean posts(String wanted) {
        return method.equals("POST") && path.equals(wanted);
    }

    /** Whether this is a GET of the path. */
    boolean gets(String wanted) {
        return method.equals("GET") && path.equals(wanted);
    }

    /**
     * The one path segment between a start and an end: the id of {@code /videos/<id>/extend}.
     */
    Optional<String> segment(String start, String end) {
        if (!path.startsWith(start) || !path.endsWith(end) || path.length() <= start.length() + end.length()) {
            return Optional.empty();
        }
        String middle = path.substring(start.length(), path.length() - end.length());
        return middle.indexOf('/') < 0 ? Optional.of(middle) : Optional.empty();
    }
}
