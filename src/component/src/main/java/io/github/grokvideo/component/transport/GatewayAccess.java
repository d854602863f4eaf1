// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.apache.hc.core5.net.URIAuthority;

/**
 * A gateway's base URL and API key. The key is sent only to this origin.
 *
 * @param baseUrl http or https, without a trailing slash
 * @param apiKey  sent as a Bearer token; never shown
 */
public record GatewayAccess(URI baseUrl, String apiKey) {

    public GatewayAccess {
        Objects.requireNonNull(baseUrl, "baseUrl");
        Objects.requireNonNull(apiKey, "apiKey");
    }

    /** @return whether the URI has this gateway's scheme, host and port */
    public boolean isOrigin(URI uri) {
        URIAuthority mine = authority(baseUrl);
        URIAuthority other = authority(uri);
        return baseUrl.getScheme().equalsIgnoreCase(uri.getScheme()) && mine != null && other != null
                && mine.getHostName().equalsIgnoreCase(other.getHostName()) && port(baseUrl, mine) == port(uri, other);
    }

    /** The base URL's host. */
    public String host() {
        return host(baseUrl);
    }

    /** @return the host, even with an underscore, which {@link URI#getHost()} does not support; null = none */
    public static String host(URI uri) {
        URIAuthority authority = authority(uri);
        return authority == null ? null : authority.getHostName();
    }

    private static URIAuthority authority(URI uri) {
        if (uri.getHost() != null) {
            return new URIAuthority(uri.getHost(), uri.getPort());
        }
        try {
            URIAuthority authority = uri.getRawAuthority() == null ? null : URIAuthority.create(uri.getRawAuthority());
            return authority == null || authority.getHostName().isBlank() ? null : authority;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static int port(URI uri, URIAuthority authority) {
        return authority.getPort() >= 0 ? authority.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        return "GatewayAccess[" + host() + "]";
    }
}
