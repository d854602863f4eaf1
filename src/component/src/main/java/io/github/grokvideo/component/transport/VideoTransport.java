// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

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
}
