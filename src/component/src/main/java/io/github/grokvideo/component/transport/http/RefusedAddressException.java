// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;

/** The address is not allowed. An IOException, so that it passes through the HTTP client. */
public final class RefusedAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    public RefusedAddressException(String message) {
        super(message);
    }
}
