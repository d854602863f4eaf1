// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.media;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import io.github.grokvideo.component.job.LenientUrl;
import io.github.grokvideo.component.transport.DownloadOrder;
import io.github.grokvideo.component.transport.GatewayAccess;
import io.github.grokvideo.component.transport.http.CamelHttpClients;
import io.github.grokvideo.component.transport.http.ClientUse;
import io.github.grokvideo.component.transport.http.MediaHop;
import io.github.grokvideo.component.transport.http.RefusedAddressException;
import io.github.grokvideo.component.transport.http.ShutDownException;
import io.github.grokvideo.component.transport.http.Watchdog;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * Sends the requests of a download and follows redirects itself, so that each hop's address is checked and the key is sent only to the
 * gateway's origin. Not thread-safe.
 */
final class MediaRequests {

    /** Enough for a gateway, its CDN and a region of that; more is a loop. */
    static final int MAX_REDIRECTS = 5;
    private static final int UNAUTHORIZED = 401;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final CamelHttpClients clients;
    private final DownloadOrder order;
    private final Watchdog watchdog;

    MediaRequests(CamelHttpClients clients, DownloadOrder order, Watchdog watchdog) {
        this.clients = clients;
        this.order = order;
        this.watchdog = watchdog;
    }

    /**
     * @param  validator null with {@code from} 0
     * @return           a response that is not a redirect, to be closed
     */
    MediaAnswer get(long from, String validator) throws IOException {
        boolean content = order.url() == null;
        GatewayAccess access = order.access();
        URI uri = checked(LenientUrl.under(access.baseUrl(), content ? contentUrl(access) : order.url()));
        // Stays false once a redirect has left the origin: a redirect back is chosen by another host, so it gets no key either.
        boolean atOrigin = true;
        boolean withKey = content;
        for (int redirects = 0;; redirects++) {
            boolean origin = access.isOrigin(uri);
            atOrigin &= origin;
            MediaAnswer answer = send(uri, hop(withKey && atOrigin, from, validator, origin));
            if (answer.status() == UNAUTHORIZED && !withKey && atOrigin && !access.apiKey().isBlank()) {
                // Some gateways return a URL of their own that requires the key.
                answer.close();
                withKey = true;
                answer = send(uri, hop(true, from, validator, true));
            }
            if (!REDIRECTS.contains(answer.status())) {
                return answer;
            }
            answer.close();
            if (redirects == MAX_REDIRECTS) {
                throw new RefusedAddressException("more than " + MAX_REDIRECTS + " redirects");
            }
            uri = next(uri, answer.location());
        }
    }

    private String contentUrl(GatewayAccess access) {
        return access.baseUrl() + access.keyPlacement().inPath(order.content().path(), access.apiKey());
    }

    private MediaHop hop(boolean withKey, long from, String validator, boolean origin) {
        Map<String, String> key = withKey ? order.access().keyHeader() : Map.of();
        return new MediaHop(key, from, validator, origin || order.allowPrivateAddresses());
    }

    private MediaAnswer send(URI uri, MediaHop hop) throws IOException {
        HttpClientContext context = HttpClientContext.create();
        try {
            return send(ClientUse.MEDIA, uri, hop, context);
        } catch (InterruptedIOException timeout) {
            throw timeout;
        } catch (IOException e) {
            if (watchdog.expired() || !isKeptAlive(context)) {
                throw e;
            }
            // The server may just have closed the connection. Nothing of the response has come, and a GET may be repeated.
            return send(ClientUse.RETRY, uri, hop, HttpClientContext.create());
        }
    }

    /** @return whether the connection has brought a response before */
    private static boolean isKeptAlive(HttpClientContext context) {
        EndpointDetails connection = context.getEndpointDetails();
        return connection != null && connection.getResponseCount() > 0;
    }

    private MediaAnswer send(ClientUse use, URI uri, MediaHop hop, HttpClientContext context) throws IOException {
        try {
            return send(clients.client(uri.getScheme(), use), uri, hop, context);
        } catch (ShutDownException e) {
            return send(clients.client(uri.getScheme(), use), uri, hop, context);
        }
    }

    private MediaAnswer send(HttpClient client, URI uri, MediaHop hop, HttpClientContext context) throws IOException {
        HttpUriRequestBase request = new HttpGet(uri);
        request.setHeader(HttpHeaders.ACCEPT, "video/mp4, */*;q=0.8");
        Duration silence = order.idleTimeout();
        request.setConfig(clients.requestConfig(client, silence, silence));
        hop.attachTo(context);
        watchdog.watch(request);
        try {
            return new MediaAnswer(request.getAuthority().getHostName(), request, clients.execute(client, request, context));
        } catch (IOException | RuntimeException | Error e) {
            request.cancel();
            throw e;
        }
    }

    private URI next(URI from, String location) throws IOException {
        if (location == null || location.isBlank()) {
            throw new IOException("a redirect without a Location");
        }
        URI to = checked(LenientUrl.resolve(from, location));
        boolean downgrade = "https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(to.getScheme());
        if (downgrade && !order.allowPrivateAddresses() && !order.access().isOrigin(to)) {
            throw new RefusedAddressException("a redirect from https to http");
        }
        return to;
    }

    /** @return a valid URI */
    private static URI checked(Optional<URI> read) throws RefusedAddressException {
        URI uri = read.orElseThrow(() -> new RefusedAddressException("an invalid address"));
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getRawAuthority() == null) {
            throw new RefusedAddressException("not an http or https address");
        }
        if (uri.getRawAuthority().indexOf('@') >= 0) {
            throw new RefusedAddressException("an address with user info");
        }
        if (uri.getRawAuthority().indexOf('%') >= 0) {
            // An encoded address would pass for a name, and a proxy may decode it.
            throw new RefusedAddressException("an address with an encoded host");
        }
        return uri;
    }
}
