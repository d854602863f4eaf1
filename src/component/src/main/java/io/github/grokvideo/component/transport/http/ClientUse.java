// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.util.List;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.Method;

/** What a client is for. Each use has its own, on top of what the user configured. */
public enum ClientUse {

    /** GETs at the gateway: many and small, over kept connections. */
    QUERY {
        @Override
        void configure(HttpClientBuilder builder, AddressGuard guard) {
            once(builder);
        }
    },

    /**
     * POSTs, each over a connection of its own. A kept connection may have been closed by the peer a moment ago; a POST sent into it
     * fails without telling whether it arrived, and a paid job would be UNKNOWN for nothing. A handshake costs less.
     */
    SUBMIT {
        @Override
        void configure(HttpClientBuilder builder, AddressGuard guard) {
            once(builder);
            builder.setConnectionReuseStrategy(ONE_REQUEST);
        }
    },

    /** Downloads from wherever the gateway says: nothing of the user's identity goes along. */
    MEDIA {
        @Override
        void configure(HttpClientBuilder builder, AddressGuard guard) {
            builder.disableContentCompression().setDefaultHeaders(List.of());
            builder.addRequestInterceptorLast(MediaHeaders::beforeSending);
            once(builder);
            builder.setConnectionReuseStrategy(ONE_REQUEST);
            builder.addExecInterceptorFirst("grokvideo-pinned-route", new PinnedRoute(guard));
        }
    };

    /** A proxy's tunnel may need several CONNECTs on its connection to authenticate. */
    private static final ConnectionReuseStrategy ONE_REQUEST = (request, response, context) ->
            Method.CONNECT.isSame(request.getMethod())
                    && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);

    abstract void configure(HttpClientBuilder builder, AddressGuard guard);

    /** Camel HTTP's default repeats a POST on 429 and 503, and sleeps any Retry-After. */
    private static void once(HttpClientBuilder builder) {
        builder.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement();
        builder.addRequestInterceptorLast(SentMark::beforeSending);
    }
}
