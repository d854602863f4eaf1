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
 * Connections as Camel HTTP makes them, with a bound on what the head of an answer may hold: HttpClient has none by default, and one
 * endless header line fills the heap. Camel offers no option for it.
 */
final class BoundedConnections {

    /** Characters. Location carries signed URLs of some thousands. */
    static final int LONGEST_LINE = 64 * 1024;
    static final int MOST_HEADERS = 128;

    private final HttpComponent users;
    /** Made once: reading the certificates of the JVM takes its time. */
    private final Registry<ConnectionSocketFactory> factories;

    /** @param users a component whose TLS settings hold */
    BoundedConnections(HttpComponent users) throws GeneralSecurityException, IOException {
        this.users = users;
        this.factories = new Sockets(users).registry();
    }

    /** @param sockets what the component sets for sockets */
    PoolingHttpClientConnectionManager pool(SocketConfig sockets) {
        Http1Config bounds = Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MOST_HEADERS).build();
        PoolingHttpClientConnectionManager bounded = new PoolingHttpClientConnectionManager(
                factories, PoolConcurrencyPolicy.STRICT, TimeValue.ofMilliseconds(users.getConnectionTimeToLive()),
                ManagedHttpClientConnectionFactory.builder().http1Config(bounds).build());
        bounded.setDefaultSocketConfig(sockets);
        return bounded;
    }

    /** Camel HTTP's own way from its settings to sockets, which only a component gets at. It is never started. */
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
