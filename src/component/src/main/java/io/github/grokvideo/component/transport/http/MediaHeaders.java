// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.RouteInfo;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * The last interceptor of the clients for hosts that the gateway names. It removes all headers the user's client may add (default headers,
 * OAuth tokens, cookies) and sends only those needed for a download or an upload.
 */
final class MediaHeaders {

    private static final Set<String> KEPT = Set.of("host", "accept");
    private static final Set<String> OF_BODY = Set.of("content-type", "content-length", "transfer-encoding");

    private MediaHeaders() {
    }

    static void beforeSending(HttpRequest request, EntityDetails entity, HttpContext context) {
        MediaHop hop = MediaHop.of(context);
        boolean proxied = isProxiedWithoutTunnel(HttpClientContext.cast(context).getHttpRoute());
        for (Header header : request.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            boolean kept = KEPT.contains(name) || entity != null && OF_BODY.contains(name);
            if (!kept && !(proxied && name.equals("proxy-authorization"))) {
                request.removeHeaders(header.getName());
            }
        }
        request.setHeader(HttpHeaders.USER_AGENT, CamelHttpTransport.USER_AGENT);
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        hop.headers().forEach(request::setHeader);
        if (hop.from() > 0) {
            request.setHeader(HttpHeaders.RANGE, "bytes=" + hop.from() + "-");
            request.setHeader(HttpHeaders.IF_RANGE, hop.validator());
        }
    }

    private static boolean isProxiedWithoutTunnel(RouteInfo route) {
        return route != null && route.getProxyHost() != null && !route.isTunnelled();
    }
}
