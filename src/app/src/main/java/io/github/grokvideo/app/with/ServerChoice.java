// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.with;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import io.github.grokvideo.app.UsageException;

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

    /** @param value such as {@code s3,artemis:61616}; null is none */
    public static ServerChoice parse(String value) throws UsageException {
        if (value == null || value.isBlank()) {
            throw new UsageException("--with needs the names of servers: --with=" + ServerKind.words().replace(" ", ""));
        }
        Map<ServerKind, Integer> ports = new EnumMap<>(ServerKind.class);
        for (String part : value.split(",")) {
            String[] wordAndPort = part.strip().split(":", 2);
            ServerKind kind = ServerKind.of(wordAndPort[0]).orElseThrow(() -> new UsageException(
                    "--with knows no server '" + wordAndPort[0] + "': there are " + ServerKind.words()));
            ports.put(kind, wordAndPort.length == 1 ? 0 : port(kind, wordAndPort[1]));
        }
        return new ServerChoice(ports);
    }

    private static int port(ServerKind kind, String text) throws UsageException {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException("--with=" + kind.word() + ":PORT needs a port from 1 to " + LARGEST_PORT);
    }
}
