// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;

/** Sends one call, once: no retries, no redirects. Thread-safe; never blocks its caller. */
public interface VideoTransport {

    /**
     * @param  timeout for the whole call, connection to last byte
     * @return         completed with any HTTP response, or exceptionally with {@link TransportException}, on a transport's thread, which
     *                 continuations must not block
     */
    CompletableFuture<HttpAnswer> call(GatewayAccess access, HttpCall call, Duration timeout);

    /**
     * May block while the first client of a gateway is created.
     *
     * @return whether each GET to the gateway holds a thread while it lasts; if not, many more of them may be in flight
     */
    default boolean queriesHoldThreads(GatewayAccess access) {
        return true;
    }

    /**
     * Sends a file to a place that the gateway has named. A place at another origin gets neither the key nor the credentials of the user's
     * client, and must have a public address.
     *
     * @param  place   http or https; a bearer secret
     * @param  call    its path is not used
     * @param  timeout for the whole call, connection to last byte
     * @return         as for {@link #call}
     */
    default CompletableFuture<HttpAnswer> send(GatewayAccess access, URI place, HttpCall call, Duration timeout) {
        return CompletableFuture.failedFuture(new TransportException("This transport only calls gateways", false, null));
    }
}
