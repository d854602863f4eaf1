// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;

/**
 * Connects a download only to an address that was checked: the route has the address, and the name is kept for TLS and Host. It is part of
 * the client because only there it is known whether the user's proxy is used, which resolves names itself. It also limits the user's
 * credentials to that proxy.
 */
final class PinnedRoute implements ExecChainHandler {

    /** Addresses that are tried: one may be down, or of a protocol this machine lacks. */
    private static final int MAX_ADDRESSES = 3;

    private final AddressGuard guard;

    PinnedRoute(AddressGuard guard) {
        this.guard = guard;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        boolean anyAddress = MediaHop.of(scope.clientContext).anyAddress();
        HttpHost target = scope.route.getTargetHost();
        HttpHost proxy = scope.route.getProxyHost();
        scope.clientContext.setCredentialsProvider(onlyFor(proxy, scope.clientContext.getCredentialsProvider()));
        if (proxy != null) {
            if (!anyAddress) {
                guard.checkLiteral(target.getHostName());
            }
            return chain.proceed(request, scope);
        }
        InetAddress[] addresses = guard.resolve(target.getHostName(), anyAddress);
        int last = Math.min(addresses.length, MAX_ADDRESSES) - 1;
        for (int i = 0;; i++) {
            try {
                return chain.proceed(request, pinned(scope, addresses[i]));
            } catch (ConnectException | NoRouteToHostException | ConnectTimeoutException e) {
                if (i == last || scope.execRuntime.isExecutionAborted()) {
                    throw e;
                }
            }
        }
    }

    private static ExecChain.Scope pinned(ExecChain.Scope scope, InetAddress address) {
        HttpHost target = scope.route.getTargetHost();
        HttpHost checked = new HttpHost(target.getSchemeName(), address, target.getHostName(), target.getPort());
        HttpRoute route = new HttpRoute(checked, scope.route.getTargetName(), scope.route.getLocalAddress(), scope.route.isSecure());
        return new ExecChain.Scope(scope.exchangeId, route, scope.originalRequest, scope.execRuntime, scope.clientContext);
    }

    private static CredentialsProvider onlyFor(HttpHost proxy, CredentialsProvider users) {
        return (scope, context) -> proxy != null && users != null && isFor(proxy, scope) ? users.getCredentials(scope, context) : null;
    }

    private static boolean isFor(HttpHost proxy, AuthScope scope) {
        return proxy.getHostName().equalsIgnoreCase(scope.getHost()) && proxy.getPort() == scope.getPort();
    }
}
