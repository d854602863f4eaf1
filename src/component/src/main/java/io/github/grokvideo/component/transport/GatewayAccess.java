package io.github.grokvideo.component.transport;

import java.net.URI;
import java.util.Objects;

/**
 * Where a gateway is and the key it wants. The key goes to this origin only.
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
        return baseUrl.getScheme().equalsIgnoreCase(uri.getScheme()) && baseUrl.getHost().equalsIgnoreCase(uri.getHost())
                && port(baseUrl) == port(uri);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        return "GatewayAccess[" + baseUrl.getHost() + "]";
    }
}
