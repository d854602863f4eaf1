// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.util.Map;
import java.util.TreeMap;

/**
 * A call to a webhook, as it came in. All of it is untrusted.
 *
 * @param path    path of the request; never null, may be empty
 * @param headers one value of each; names are case-insensitive
 * @param body    the bytes as they were sent, which a signature covers; not copied, not to be changed
 */
public record WebhookNotice(String path, Map<String, String> headers, byte[] body) {

    /** Longest body that is verified, in bytes. */
    public static final int MAX_BODY = 64 * 1024;
    /** Longest header that is read, in characters. */
    public static final int MAX_HEADER = 4096;

    /**
     * @param path    null = empty
     * @param headers copied, without those that are too long; null = none
     * @param body    null = empty
     */
    public WebhookNotice {
        path = path == null ? "" : path;
        Map<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (headers != null) {
            headers.forEach((name, value) -> {
                if (value != null && value.length() <= MAX_HEADER) {
                    folded.put(name, value);
                }
            });
        }
        headers = java.util.Collections.unmodifiableMap(folded);
        body = body == null ? new byte[0] : body;
    }

    /**
     * @param  name of a header, in any case
     * @return      its value without surrounding white space; empty if it is missing or too long
     */
    public String header(String name) {
        return headers.getOrDefault(name, "").strip();
    }

    /** Without its content, which may hold URLs and tokens. */
    @Override
    public String toString() {
        return "WebhookNotice[" + body.length + " bytes]";
    }
}
