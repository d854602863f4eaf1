// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The asynchronous clients for GETs to gateways, with the settings of the classic ones. */
final class QueryClients {

    private static final Logger LOG = LoggerFactory.getLogger(QueryClients.class);
    /** Reads and writes some 10,000 small answers a second. */
    private static final int IO_THREADS = 1;
    /** Room for several gateways at once. */
    private static final int HOSTS = 4;
    private static final String THREAD_NAME = "GrokVideoHttp";

    /** By scheme. */
    private final Map<String, Optional<CloseableHttpAsyncClient>> clients = new ConcurrentHashMap<>();
    private final Set<Cancellable> running = ConcurrentHashMap.newKeySet();
    private final CamelContext context;
    private final int connections;
    private volatile boolean closed;

    /** @param connections maximum per host */
    QueryClients(CamelContext context, int connections) {
        this.context = context;
        this.connections = connections;
    }

    /** @return null = there is none yet, or it has been ended by an error; empty = the user's settings need the classic client */
    Optional<CloseableHttpAsyncClient> known(String scheme) {
        Optional<CloseableHttpAsyncClient> known = clients.get(scheme);
        return known == null || known.isPresent() && isEnded(known.get()) ? null : known;
    }

    /** A client that has just been started is not active yet, but takes calls. */
    private static boolean isEnded(CloseableHttpAsyncClient client) {
        return client.getStatus().compareTo(IOReactorStatus.ACTIVE) > 0;
    }

    /**
     * Not thread-safe.
     *
     * @param  component of the user's, whose settings apply
     * @return           a running client; empty = the user's settings need the classic client
     */
    Optional<CloseableHttpAsyncClient> client(
            String scheme, HttpComponent component, Callable<BoundedConnections> bounded, ConnectionConfig config) throws Exception {
        Optional<CloseableHttpAsyncClient> known = known(scheme);
        if (known != null) {
            return known;
        }
        Optional<CloseableHttpAsyncClient> ended = clients.remove(scheme);
        if (ended != null) {
            ended.ifPresent(client -> client.close(CloseMode.IMMEDIATE));
            LOG.warn("The HTTP client for status queries over {} was ended by an error. It is replaced by a new one", scheme);
        }
        HttpEndpoint endpoint = (HttpEndpoint) component.createEndpoint(scheme + "://grokvideo-query");
        Optional<String> reason = ClassicOnly.reason(component, endpoint.getHttpClientConfigurer());
        if (reason.isPresent()) {
            LOG.info("Status queries over {} use the threads of the option ioThreads, because of a setting of the component {}: {}",
                    scheme, scheme, reason.get());
        }
        Optional<CloseableHttpAsyncClient> client = reason.isPresent() ? Optional.empty()
                : Optional.of(create(scheme, endpoint, bounded.call(), config));
        clients.put(scheme, client);
        return client;
    }

    private CloseableHttpAsyncClient create(String scheme, HttpEndpoint endpoint, BoundedConnections bounded, ConnectionConfig config) {
        HttpComponent component = endpoint.getComponent();
        // Only its settings are used.
        PoolingHttpClientConnectionManager made = (PoolingHttpClientConnectionManager) endpoint.getClientConnectionManager();
        SocketConfig sockets = made.getDefaultSocketConfig();
        made.close();
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create()
                .setConnectionManager(bounded.asyncPool(config, connections, HOSTS * connections))
                .setHttp1Config(BoundedConnections.bounds()).setIOReactorConfig(reactor(sockets))
                .setThreadFactory(task -> context.getExecutorServiceManager().newThread(THREAD_NAME, task))
                .setIoReactorExceptionCallback(this::outsideOfCalls)
                .disableAutomaticRetries().disableRedirectHandling().disableCookieManagement()
                .addRequestInterceptorLast(SentMark::beforeSending)
                .addExecInterceptorFirst("grokvideo-hard-abort", AsyncQueries.HardAbort::handle);
        new ProxySettings(component, endpoint.isUseSystemProperties(), scheme.equals("https")).configure(builder);
        if (component.isAuthCachingDisabled()) {
            builder.disableAuthCaching();
        }
        if (component.isConnectionStateDisabled()) {
            builder.disableConnectionState();
        }
        CloseableHttpAsyncClient client = builder.build();
        client.start();
        return client;
    }

    /** What happens to idle connections, and while the client is closed, concerns nobody. */
    private void outsideOfCalls(Exception failure) {
        if (closed || failure instanceof IOException) {
            LOG.debug("A failure outside of any call to a gateway", failure);
        } else {
            LOG.warn("A failure outside of any call to a gateway", failure);
        }
    }

    /** @param call is cancelled if this is closed before it has {@link #ended}: the client does not notify all its calls of its end */
    void begun(Cancellable call) {
        running.add(call);
        if (closed) {
            call.cancel();
        }
    }

    void ended(Cancellable call) {
        running.remove(call);
    }

    /** Aborts running calls. */
    void close() {
        closed = true;
        clients.values().forEach(client -> client.ifPresent(running -> running.close(CloseMode.IMMEDIATE)));
        clients.clear();
        running.forEach(Cancellable::cancel);
    }

    private static IOReactorConfig reactor(SocketConfig sockets) {
        return IOReactorConfig.custom().setIoThreadCount(IO_THREADS).setSoTimeout(sockets.getSoTimeout())
                .setSoKeepAlive(sockets.isSoKeepAlive()).setTcpNoDelay(sockets.isTcpNoDelay()).setSoLinger(sockets.getSoLinger())
                .setSoReuseAddress(sockets.isSoReuseAddress()).setSndBufSize(sockets.getSndBufSize())
                .setRcvBufSize(sockets.getRcvBufSize()).setSocksProxyAddress(sockets.getSocksProxyAddress()).build();
    }
}
