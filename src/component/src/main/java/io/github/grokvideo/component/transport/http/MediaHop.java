// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.util.Map;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * What one request to a host that the gateway has named may send and where to; stored in the request's context.
 *
 * @param headers    further headers, such as the key's; never null
 * @param from       the first byte wanted; 0 = all
 * @param validator  for If-Range; null with {@code from} 0
 * @param anyAddress whether private addresses are allowed
 */
public record MediaHop(Map<String, String> headers, long from, String validator, boolean anyAddress) {

    private static final String ATTRIBUTE = MediaHop.class.getName();

    public void attachTo(HttpContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    /** @throws IllegalStateException if the context has none, as for a call to the gateway itself */
    static MediaHop of(HttpContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof MediaHop hop) {
            return hop;
        }
        throw new IllegalStateException("Only requests to hosts that a gateway names use this client");
    }

    @Override
    public String toString() {
        return "MediaHop[from " + from + ", headers " + headers.keySet() + "]";
    }
}
