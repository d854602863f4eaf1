// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.servers;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which servers to start.
 *
 * @param ports by server; 0 = any free one
 */
public record ServerChoice(Map<ServerKind, Integer> ports) {

    public static final ServerChoice NONE = new ServerChoice(Map.of());

    private static final int LARGEST_PORT = 65535;

    public ServerChoice {
        ports = Collections.unmodifiableMap(ports.isEmpty() ? new EnumMap<>(ServerKind.class) : new EnumMap<>(ports));
    }

    /**
     * @param  value                    such as {@code s3,artemis:61616}
     * @throws IllegalArgumentException if it is not a list of servers; the message names the allowed ones
     */
    public static ServerChoice parse(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("needs names of servers: " + ServerKind.words());
        }
        Map<ServerKind, Integer> ports = new EnumMap<>(ServerKind.class);
        for (String part : value.split(",")) {
            String[] wordAndPort = part.strip().split(":", 2);
            ServerKind kind = ServerKind.of(wordAndPort[0]).orElseThrow(() -> new IllegalArgumentException(
                    "there is no server '" + wordAndPort[0] + "'; the servers are " + ServerKind.words()));
            ports.put(kind, wordAndPort.length == 1 ? 0 : port(kind, wordAndPort[1]));
        }
        return new ServerChoice(ports);
    }

    private static int port(ServerKind kind, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new IllegalArgumentException(kind.word() + ":PORT needs a port from 1 to " + LARGEST_PORT);
    }
}
