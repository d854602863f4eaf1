// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * What one request of a download may send and where to; stored in the request's context.
 *
 * @param key        sent as a Bearer token; null = none
 * @param from       the first byte wanted; 0 = all
 * @param validator  for If-Range; null with {@code from} 0
 * @param anyAddress whether private addresses are allowed
 */
public record MediaHop(String key, long from, String validator, boolean anyAddress) {

    private static final String ATTRIBUTE = MediaHop.class.getName();

    public void attachTo(HttpContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    /** @throws IllegalStateException if the context has none, as for a request that is not a download */
    static MediaHop of(HttpContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof MediaHop hop) {
            return hop;
        }
        throw new IllegalStateException("Only downloads use this client");
    }

    @Override
    public String toString() {
        return "MediaHop[from " + from + (key == null ? "" : ", with key") + "]";
    }
}
