// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends connections as badly as networks do. */
final class Connections {

    private Connections() {
    }

    /** Ends the connection with a TCP RST: without lingering the kernel throws away what is not sent and says so to the peer. */
    static void reset(HttpServerRequest request) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException alreadyGone) {
            return;
        }
        channel.close();
    }

    /** Ends the connection in order (FIN), whatever was promised. */
    static void close(HttpServerRequest request) {
        request.connection().close();
    }
}
