// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Connections like Camel HTTP's, with a limit on response headers: HttpClient has none by default, so an endless header line would fill the
 * heap, and Camel has no option for it.
 */
final class BoundedConnections {

    /** Characters. Signed URLs in Location have up to a few thousand. */
    static final int LONGEST_LINE = 64 * 1024;
    static final int MAX_HEADERS = 128;

    /** Created once, since loading the JVM's certificates is slow. */
    private final DefaultClientTlsStrategy tls;

    /** @param configured the user's component, whose TLS settings apply */
    BoundedConnections(HttpComponent configured) throws GeneralSecurityException, IOException {
        HostnameVerifier verifier = configured.getX509HostnameVerifier();
        // HttpClient verifies the host name, and not the JVM as well: a verifier that the user has set may be more lenient.
        this.tls = new DefaultClientTlsStrategy(
                context(configured), HostnameVerificationPolicy.CLIENT, verifier == null ? new DefaultHostnameVerifier() : verifier);
    }

    /** As Camel HTTP chooses it. Its own method for that is not the same in all Camel versions. */
    private static SSLContext context(HttpComponent configured) throws GeneralSecurityException, IOException {
        SSLContextParameters parameters = configured.getSslContextParameters();
        if (parameters == null && configured.isUseGlobalSslContextParameters()) {
            parameters = configured.getCamelContext().getSSLContextParameters();
        }
        if (parameters != null) {
            return parameters.createSSLContext(configured.getCamelContext());
        }
        return configured.isUseSystemProperties() ? SSLContexts.createSystemDefault() : SSLContexts.createDefault();
    }

    /** @param sockets the component's socket settings */
    PoolingHttpClientConnectionManager pool(SocketConfig sockets) {
        return PoolingHttpClientConnectionManagerBuilder.create().setTlsSocketStrategy(tls)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(bounds()).build())
                .setDefaultSocketConfig(sockets).build();
    }

    /** As {@link #pool}, for the asynchronous client. HTTP/1.1 only: one connection for all calls would be lost with all of them. */
    PoolingAsyncClientConnectionManager asyncPool(ConnectionConfig config, int perHost, int total) {
        return PoolingAsyncClientConnectionManagerBuilder.create().setTlsStrategy(tls)
                .setDefaultTlsConfig(TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
                .setDefaultConnectionConfig(config).setMaxConnPerRoute(perHost).setMaxConnTotal(total).build();
    }

    static Http1Config bounds() {
        return Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MAX_HEADERS).build();
    }
}
