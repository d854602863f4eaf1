// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.net.URI;
import java.util.Optional;
import io.github.grokvideo.component.job.LenientUrl;

/** A video's URL as a gateway writes it, made into one that can be asked for: a paid video is not lost by a space. */
public final class ResultUrl {

    private ResultUrl() {
    }

    /**
     * @param  access where the gateway is: a relative URL is below its base URL, or from its root where it begins with a slash
     * @param  told   as the gateway wrote it
     * @return        an absolute http or https URL; empty = nothing can be fetched from what it wrote
     */
    public static Optional<String> of(GatewayAccess access, String told) {
        return LenientUrl.under(access.baseUrl(), told).filter(ResultUrl::isHttp).map(URI::toString);
    }

    private static boolean isHttp(URI url) {
        return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme())) && url.getRawAuthority() != null;
    }
}
