package io.github.grokvideo.component.transport;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import org.apache.camel.util.UnsafeUriCharactersEncoder;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * Asks for a download and follows redirects, by hand: every hop's address is checked, and the key stays at the gateway's origin. Used by
 * one thread.
 */
final class MediaRequests {

    /** A gateway, its content delivery network, a region of that: more is a loop. */
    static final int MOST_REDIRECTS = 5;
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
     * @return           an answer that is no redirect; to be closed
     */
    MediaAnswer get(long from, String validator) throws IOException {
        boolean content = order.url() == null;
        URI uri = checked(content ? order.access().baseUrl() + order.content().path() : order.url());
        boolean withKey = content && !order.access().apiKey().isBlank();
        for (int redirects = 0;; redirects++) {
            boolean origin = order.access().isOrigin(uri);
            // Once off the origin, also a redirect back to it carries no key: somebody else chose where it leads.
            withKey &= origin;
            MediaAnswer answer = send(uri, new MediaHop(withKey ? order.access().apiKey() : null, from, validator,
                    origin || order.allowPrivateAddresses()));
            if (!REDIRECTS.contains(answer.status())) {
                return answer;
            }
            answer.close();
            if (redirects == MOST_REDIRECTS) {
                throw new RefusedAddressException("more than " + MOST_REDIRECTS + " redirects");
            }
            uri = next(uri, answer.header(HttpHeaders.LOCATION));
        }
    }

    private MediaAnswer send(URI uri, MediaHop hop) throws IOException {
        HttpClient client = clients.client(uri.getScheme(), ClientUse.MEDIA);
        HttpUriRequestBase request = new HttpGet(uri);
        request.setHeader(HttpHeaders.ACCEPT, "video/mp4, */*;q=0.8");
        Duration silence = order.idleTimeout();
        request.setConfig(clients.requestConfig(client, silence, silence));
        HttpClientContext context = HttpClientContext.create();
        hop.attachTo(context);
        watchdog.watch(request);
        try {
            return new MediaAnswer(request.getAuthority().getHostName(), request, client.executeOpen(null, request, context));
        } catch (IOException | RuntimeException e) {
            request.cancel();
            throw e;
        }
    }

    private URI next(URI from, String location) throws IOException {
        if (location == null || location.isBlank()) {
            throw new IOException("a redirect that leads nowhere");
        }
        URI to = checked(resolved(from, location.strip()));
        boolean downgrade = "https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(to.getScheme());
        if (downgrade && !order.allowPrivateAddresses() && !order.access().isOrigin(to)) {
            throw new RefusedAddressException("a redirect from https to http");
        }
        return to;
    }

    private static String resolved(URI from, String location) throws RefusedAddressException {
        return from.resolve(parsed(location)).toString();
    }

    /** @return a URI that can be requested as it is */
    private static URI checked(String url) throws RefusedAddressException {
        URI uri = parsed(url);
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getRawAuthority() == null) {
            throw new RefusedAddressException("not an http or https address");
        }
        if (uri.getRawAuthority().indexOf('@') >= 0) {
            throw new RefusedAddressException("an address with user info");
        }
        if (uri.getRawAuthority().indexOf('%') >= 0) {
            // Encoded, an address passes for a name; a proxy may decode it.
            throw new RefusedAddressException("an address with an encoded host");
        }
        return uri;
    }

    private static URI parsed(String url) throws RefusedAddressException {
        try {
            // Signed URLs come with characters that java.net.URI rejects; legal ones stay as they are, or the signature breaks.
            return URI.create(new URI(UnsafeUriCharactersEncoder.encodeHttpURI(url)).toASCIIString());
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Its message quotes the URL.
            throw new RefusedAddressException("an illegible address");
        }
    }
}
