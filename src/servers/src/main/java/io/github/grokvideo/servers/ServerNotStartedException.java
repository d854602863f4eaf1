// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.servers;

/** A chosen server cannot run, because its port is in use for example. The message is one line for the user. */
public final class ServerNotStartedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServerNotStartedException(String message, Throwable cause) {
        super(message, cause);
    }
}
