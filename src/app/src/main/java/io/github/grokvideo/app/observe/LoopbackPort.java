// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.observe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import io.github.grokvideo.app.UsageException;

/** Ports of this machine that other machines do not reach. */
final class LoopbackPort {

    static final String HOST = "127.0.0.1";

    private LoopbackPort() {
    }

    /**
     * Tries a port whose server starts later: one that is taken must end the program before it has begun.
     *
     * @param  port   0 = any
     * @param  option to name where it is taken
     * @return        the port, free just now
     */
    static int free(int port, String option) throws UsageException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UsageException(option + ": port " + port + " of " + HOST + " cannot be used (" + e.getMessage()
                    + "). Is another program, or another instance of this one, using it? Choose another, or 0 for any free one");
        }
    }
}
