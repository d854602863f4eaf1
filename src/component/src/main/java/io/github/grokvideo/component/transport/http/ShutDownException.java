// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;

/** The HTTP client had been shut down before the request: nothing was sent, and the next call gets a new client. */
public final class ShutDownException extends IOException {

    private static final long serialVersionUID = 1L;

    ShutDownException(Throwable cause) {
        super("the HTTP client was shut down", cause);
    }
}
