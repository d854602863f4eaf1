// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.net.URI;
import java.util.Optional;
import io.github.grokvideo.component.job.LenientUrl;

/** Converts a video's URL from a gateway into a valid one, so that a paid video is not lost because of, say, a space. */
public final class ResultUrl {

    private ResultUrl() {
    }

    /**
     * @param  access a relative URL is resolved against its base URL, or its root if it begins with a slash
     * @param  written   the URL as the gateway wrote it
     * @return        an absolute http or https URL; empty = unusable
     */
    public static Optional<String> of(GatewayAccess access, String written) {
        return LenientUrl.under(access.baseUrl(), written).filter(ResultUrl::isHttp).map(URI::toString);
    }

    private static boolean isHttp(URI url) {
        return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme())) && url.getRawAuthority() != null;
    }
}
