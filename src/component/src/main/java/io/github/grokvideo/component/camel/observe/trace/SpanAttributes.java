// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.trace;

import java.net.URI;

/** Values of OpenTelemetry's semantic conventions. */
final class SpanAttributes {

    static final String OPERATION = "generate_content";
    static final String OUTPUT = "video";

    private SpanAttributes() {
    }

    /** @return the name in the conventions, if they have one */
    static String provider(String provider) {
        return provider.equals("xai") ? "x_ai" : provider;
    }

    static long port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
