// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** Simulates connection failures. */
final class Connections {

    private Connections() {
    }

    /** Ends the connection with a TCP RST: with SO_LINGER 0 the kernel discards unsent data and resets the peer. */
    static void reset(HttpServerRequest request) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException alreadyGone) {
            return;
        }
        channel.close();
    }

    /** Closes the connection normally (FIN), even if the response is incomplete. */
    static void close(HttpServerRequest request) {
        request.connection().close();
    }
}
