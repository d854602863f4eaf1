// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

/** A refused request; the gateway converts it to its own error envelope. */
final class GatewayRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Trouble trouble;

    GatewayRefusal(Trouble trouble, String message) {
        super(message, null, false, false);
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }
}
