// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP clients of one CamelContext. They are created by its {@code http} and {@code https} components, so that the user's TLS, proxy
 * and client settings apply; ours are added to them. The endpoints are not registered in the context, so the user's configuration stays
 * unchanged. Thread-safe. Close it after the last call has ended.
 */
public final class CamelHttpClients implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CamelHttpClients.class);
    /** HttpClient's message, the only way to recognize the condition. */
    private static final String POOL_SHUT_DOWN = "Connection pool shut down";
    /** A gateway may close a kept-alive connection at any time; after this idle time it is validated before use. */
    private static final TimeValue TESTED_AFTER = TimeValue.ofSeconds(1);

    private final CamelContext context;
    private final Timeout connectTimeout;
    private final int connections;
    private final AddressGuard guard;
    private final Lock lock = new ReentrantLock();
    private final Map<String, HttpEndpoint> endpoints = new HashMap<>();
    private final Map<String, BoundedConnections> bounded = new HashMap<>();
    private final QueryClients queries;
    private boolean closed;

    /**
     * @param connectTimeout for a TCP connection, and once more for the TLS handshake
     * @param connections    maximum per host and use; with fewer than calling threads, calls wait for a connection
     * @param queries        maximum per host of the asynchronous client; with fewer than calls in flight, calls wait for a connection
     */
    public CamelHttpClients(CamelContext context, Duration connectTimeout, int connections, int queries) {
        this(context, connectTimeout, connections, queries, InetAddress::getAllByName);
    }

    public CamelHttpClients(
            CamelContext context, Duration connectTimeout, int connections, int queries, AddressGuard.Resolver resolver) {
        this.context = context;
        this.queries = new QueryClients(context, queries);
        this.connectTimeout = Timeout.of(connectTimeout);
        this.connections = connections;
        this.guard = new AddressGuard(resolver);
    }

    /** @throws IllegalStateException if closed, or if the scheme is not http or https */
    public HttpClient client(String scheme, ClientUse use) {
        String name = name(scheme);
        lock.lock();
        try {
            requireOpen();
            return endpoints.computeIfAbsent(name + "://grokvideo-" + use.name().toLowerCase(Locale.ROOT),
                    uri -> endpoint(name, uri, use)).getHttpClient();
        } finally {
            lock.unlock();
        }
    }

    private static String name(String scheme) {
        String name = scheme.toLowerCase(Locale.ROOT);
        if (!name.equals("http") && !name.equals("https")) {
            throw new IllegalStateException("Not an HTTP address: " + scheme);
        }
        return name;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The HTTP clients are closed");
        }
    }

    /**
     * The client for GETs to gateways. A new one if the last was ended by an error.
     *
     * @return empty = the user's settings need the classic client, with {@link ClientUse#QUERY}
     * @throws IllegalStateException if closed, or if the scheme is not http or https
     */
    public Optional<CloseableHttpAsyncClient> asyncClient(String scheme) {
        String name = name(scheme);
        Optional<CloseableHttpAsyncClient> known = queries.known(name);
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            requireOpen();
            HttpComponent component = context.getComponent(name, HttpComponent.class);
            return queries.client(name, component, () -> bounded(name, component), connectionConfig(component));
        } catch (Exception e) {
            throw new IllegalStateException("The component " + name + " provides no HTTP client: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    /** The running calls of the asynchronous clients. */
    QueryClients queries() {
        return queries;
    }

    /**
     * @return                   to be closed
     * @throws ShutDownException nothing was sent; the client is replaced, so the caller may retry once with a new one
     */
    public ClassicHttpResponse execute(HttpClient client, ClassicHttpRequest request, HttpContext context) throws IOException {
        try {
            return client.executeOpen(null, request, context);
        } catch (IllegalStateException e) {
            if (!POOL_SHUT_DOWN.equals(e.getMessage())) {
                throw e;
            }
            replace(client);
            throw new ShutDownException(e);
        }
    }

    /** HttpClient shuts its pool down permanently after any Error in a call, even a temporary OutOfMemoryError. */
    private void replace(HttpClient shutDown) {
        lock.lock();
        try {
            for (Map.Entry<String, HttpEndpoint> one : Map.copyOf(endpoints).entrySet()) {
                if (one.getValue().getHttpClient() == shutDown) {
                    endpoints.remove(one.getKey());
                    ServiceHelper.stopAndShutdownServices(one.getValue());
                    LOG.warn("The HTTP client {} was shut down by an error or by other code. It is replaced by a new one", one.getKey());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param longestSilence longest time without a byte
     * @param left           time left for the whole call
     */
    public RequestConfig requestConfig(HttpClient client, Duration longestSilence, Duration left) {
        return requestConfig(client instanceof Configurable configurable ? configurable.getConfig() : null, longestSilence, left);
    }

    /** For a call of the asynchronous client, which asks for no compression. */
    RequestConfig requestConfig(Duration left) {
        return requestConfig(RequestConfig.custom().setContentCompressionEnabled(false).build(), left, left);
    }

    private RequestConfig requestConfig(RequestConfig users, Duration longestSilence, Duration left) {
        Timeout rest = positive(left);
        return withConnectTimeout(users == null ? RequestConfig.custom() : RequestConfig.copy(users), rest)
                .setConnectionRequestTimeout(rest).setResponseTimeout(positive(longestSilence)).setRedirectsEnabled(false)
                .setHardCancellationEnabled(true).setProtocolUpgradeEnabled(false).build();
    }

    /** Deprecated in favour of the connection manager's setting, but this one takes precedence, and the manager may be the user's. */
    @SuppressWarnings("deprecation")
    private RequestConfig.Builder withConnectTimeout(RequestConfig.Builder builder, Timeout rest) {
        return builder.setConnectTimeout(connectTimeout.compareTo(rest) < 0 ? connectTimeout : rest);
    }

    /** For HttpClient zero means no timeout. */
    private static Timeout positive(Duration duration) {
        return Timeout.ofMilliseconds(Math.max(1, duration.toMillis()));
    }

    private HttpEndpoint endpoint(String scheme, String uri, ClientUse use) {
        HttpComponent component = context.getComponent(scheme, HttpComponent.class);
        try {
            HttpEndpoint endpoint = (HttpEndpoint) component.createEndpoint(uri);
            HttpClientConfigurer users = endpoint.getHttpClientConfigurer();
            endpoint.setHttpClientConfigurer(builder -> {
                if (users != null) {
                    users.configureHttpClient(builder);
                }
                use.configure(builder, guard);
            });
            // Stopped by the context, since other endpoints use it.
            ServiceHelper.startService(users);
            // It would log the key and prompts, and expects an Exchange.
            endpoint.setHttpActivityListener(null);
            endpoint.setLogHttpActivity(false);
            if (endpoint.getClientConnectionManager() instanceof PoolingHttpClientConnectionManager made) {
                endpoint.setClientConnectionManager(connections(scheme, component, made));
            }
            ServiceHelper.startService(endpoint);
            return endpoint;
        } catch (Exception e) {
            throw new IllegalStateException("The component " + scheme + " provides no HTTP client: " + e.getMessage(), e);
        }
    }

    private PoolingHttpClientConnectionManager connections(
            String scheme, HttpComponent component, PoolingHttpClientConnectionManager made)
            throws GeneralSecurityException, IOException {
        boolean shared = made == component.getClientConnectionManager();
        if (shared && !made.isClosed()) {
            // The user's connection manager, shared by all endpoints of the component.
            return made;
        }
        PoolingHttpClientConnectionManager pool = made;
        if (shared || component.getClass() == HttpComponent.class) {
            pool = bounded(scheme, component).pool(made.getDefaultSocketConfig());
            made.close();
        }
        pool.setDefaultMaxPerRoute(connections);
        // Leaves room for a second gateway's kept-alive connections.
        pool.setMaxTotal(2 * connections);
        pool.setDefaultConnectionConfig(connectionConfig(component));
        return pool;
    }

    private static ConnectionConfig connectionConfig(HttpComponent component) {
        return ConnectionConfig.custom().setValidateAfterInactivity(TESTED_AFTER)
                .setTimeToLive(TimeValue.ofMilliseconds(component.getConnectionTimeToLive())).build();
    }

    /** Call only with the lock held. */
    private BoundedConnections bounded(String scheme, HttpComponent component) throws GeneralSecurityException, IOException {
        BoundedConnections own = bounded.get(scheme);
        if (own == null) {
            own = new BoundedConnections(component);
            bounded.put(scheme, own);
        }
        return own;
    }

    /** Aborts running calls. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ServiceHelper.stopAndShutdownServices(endpoints.values().toArray());
            endpoints.clear();
            queries.close();
        } finally {
            lock.unlock();
        }
    }
}
