// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;

/**
 * Connections like Camel HTTP's, with a limit on response headers: HttpClient has none by default, so an endless header line would fill the
 * heap, and Camel has no option for it.
 */
final class BoundedConnections {

    /** Characters. Signed URLs in Location have up to a few thousand. */
    static final int LONGEST_LINE = 64 * 1024;
    static final int MAX_HEADERS = 128;

    private final HttpComponent users;
    /** Created once, since loading the JVM's certificates is slow. */
    private final Registry<ConnectionSocketFactory> factories;

    /** @param users the user's component, whose TLS settings apply */
    BoundedConnections(HttpComponent users) throws GeneralSecurityException, IOException {
        this.users = users;
        this.factories = new Sockets(users).registry();
    }

    /** @param sockets the component's socket settings */
    PoolingHttpClientConnectionManager pool(SocketConfig sockets) {
        Http1Config bounds = Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MAX_HEADERS).build();
        PoolingHttpClientConnectionManager bounded = new PoolingHttpClientConnectionManager(
                factories, PoolConcurrencyPolicy.STRICT, TimeValue.ofMilliseconds(users.getConnectionTimeToLive()),
                ManagedHttpClientConnectionFactory.builder().http1Config(bounds).build());
        bounded.setDefaultSocketConfig(sockets);
        return bounded;
    }

    /** Gives access to Camel HTTP's socket factories, which only a component has. It is never started. */
    private static final class Sockets extends HttpComponent {

        private final HttpComponent users;

        Sockets(HttpComponent users) {
            this.users = users;
            setCamelContext(users.getCamelContext());
            setUseGlobalSslContextParameters(users.isUseGlobalSslContextParameters());
        }

        Registry<ConnectionSocketFactory> registry() throws GeneralSecurityException, IOException {
            SSLContextParameters tls = users.getSslContextParameters() == null ? retrieveGlobalSslContextParameters()
                    : users.getSslContextParameters();
            return createConnectionRegistry(users.getX509HostnameVerifier(), tls, users.isUseSystemProperties());
        }
    }
}
