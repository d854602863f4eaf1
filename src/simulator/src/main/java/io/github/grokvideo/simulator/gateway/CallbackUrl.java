// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

/** URLs that gateways call when a job ends: https only, except on this machine, where tests listen without certificates. */
final class CallbackUrl {

    private static final String LOOPBACK = "(?i)http://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?([/?].*)?";

    private CallbackUrl() {
    }

    /**
     * The URL as it was sent.
     *
     * @param name of the field, for the refusal
     */
    static String checked(String name, String url) {
        if (!url.matches("(?i)https://[^\\s/]+.*") && !url.matches(LOOPBACK)) {
            throw new GatewayRefusal(Trouble.INVALID, name + ": must be an https URL, or http on the loopback");
        }
        return url;
    }
}
