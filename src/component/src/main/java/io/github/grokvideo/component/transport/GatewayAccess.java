// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Objects;
import io.github.grokvideo.component.provider.KeyPlacement;
import org.apache.hc.core5.net.URIAuthority;

/**
 * A gateway's base URL and API key. The key is sent only to this origin.
 *
 * @param baseUrl      http or https, without a trailing slash
 * @param apiKey       never shown; blank = none
 * @param keyPlacement where the key is sent
 */
public record GatewayAccess(URI baseUrl, String apiKey, KeyPlacement keyPlacement) {

    /** A shorter text could be a part of any word. */
    private static final int SHORTEST_MASKED = 6;
    private static final String MASK = "***";

    public GatewayAccess {
        Objects.requireNonNull(baseUrl, "baseUrl");
        Objects.requireNonNull(apiKey, "apiKey");
        Objects.requireNonNull(keyPlacement, "keyPlacement");
    }

    /** A gateway that takes the key as a Bearer token. */
    public GatewayAccess(URI baseUrl, String apiKey) {
        this(baseUrl, apiKey, KeyPlacement.BEARER);
    }

    /** @return the header with the key; empty = there is no key, or it is not sent in a header */
    public Map<String, String> keyHeader() {
        return apiKey.isBlank() || keyPlacement.place() != KeyPlacement.Place.HEADER ? Map.of()
                : Map.of(keyPlacement.name(), keyPlacement.prefix() + apiKey);
    }

    /** @return the text without this account's key, which some gateways repeat in their errors */
    public String masked(String text) {
        return text == null || apiKey.length() < SHORTEST_MASKED ? text : text.replace(apiKey, MASK);
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
