// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.util.List;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;

/** The purposes of HTTP clients. Each has a client with its own settings on top of the user's. */
public enum ClientUse {

    /** GETs to the gateway: many and small, over kept-alive connections. */
    QUERY {
        @Override
        void configure(HttpClientBuilder builder, AddressGuard guard) {
            once(builder);
        }
    },

    /**
     * Calls that change something, each over a new connection. The peer may just have closed a kept-alive one; a POST would then fail
     * without showing whether it arrived, and leave a job UNKNOWN. A handshake costs less.
     */
    SUBMIT {
        @Override
        void configure(HttpClientBuilder builder, AddressGuard guard) {
            once(builder);
            builder.setConnectionReuseStrategy(ONE_REQUEST);
        }
    },

    /**
     * Downloads from any host the gateway names, without the user's credentials. A kept-alive connection is used again only for the address
     * that was checked for the request, since that is part of its route.
     */
    MEDIA {
        @Override
        void configure(HttpClientBuilder builder, AddressGuard guard) {
            builder.disableContentCompression().setDefaultHeaders(List.of());
            builder.addRequestInterceptorLast(MediaHeaders::beforeSending);
            once(builder);
            builder.addExecInterceptorFirst("grokvideo-pinned-route", new PinnedRoute(guard));
        }
    },

    /** Downloads over a new connection where a kept-alive one has failed; otherwise like {@link #MEDIA}. */
    RETRY {
        @Override
        void configure(HttpClientBuilder builder, AddressGuard guard) {
            MEDIA.configure(builder, guard);
            builder.addRequestInterceptorLast((request, entity, context) -> request.setHeader(HttpHeaders.CONNECTION, "close"));
            builder.setConnectionReuseStrategy(ONE_REQUEST);
        }
    },

    /** Uploads to any host the gateway names, without the user's credentials. */
    STORAGE {
        @Override
        void configure(HttpClientBuilder builder, AddressGuard guard) {
            RETRY.configure(builder, guard);
        }
    };

    /** A proxy's tunnel may need several CONNECTs on its connection to authenticate. */
    private static final ConnectionReuseStrategy ONE_REQUEST = (request, response, context) ->
            Method.CONNECT.isSame(request.getMethod())
                    && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);

    abstract void configure(HttpClientBuilder builder, AddressGuard guard);

    /** Disables Camel HTTP's default retry, which repeats a POST on 429 and 503 and sleeps for any Retry-After. */
    private static void once(HttpClientBuilder builder) {
        builder.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement();
        builder.addRequestInterceptorLast(SentMark::beforeSending);
    }
}
