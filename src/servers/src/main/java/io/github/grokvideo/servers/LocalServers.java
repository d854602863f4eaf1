// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The chosen servers while they run. */
public final class LocalServers implements AutoCloseable {

    private final Deque<LocalServer> running = new ArrayDeque<>();

    private LocalServers() {
    }

    /**
     * @param  data                      folder of their files
     * @throws ServerNotStartedException if one cannot start, because its port is in use for example; the others are stopped
     */
    public static LocalServers start(ServerChoice choice, Path data) {
        LocalServers servers = new LocalServers();
        for (Map.Entry<ServerKind, Integer> one : choice.ports().entrySet()) {
            try {
                checkFree(one.getValue());
                servers.running.addLast(one.getKey().start(data, one.getValue()));
            } catch (Exception e) {
                servers.close();
                throw new ServerNotStartedException(one.getKey().word() + " cannot start"
                        + (one.getValue() == 0 ? "" : " on port " + one.getValue()) + ": " + cause(e), e);
            }
        }
        return servers;
    }

    /** @return one line for each server */
    public List<String> lines() {
        return running.stream().map(LocalServer::line).toList();
    }

    /** @return the properties of all servers */
    public Map<String, String> properties() {
        Map<String, String> all = new HashMap<>();
        running.forEach(server -> all.putAll(server.properties()));
        return all;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            running.removeLast().close();
        }
    }

    /** Some servers report a port in use on a thread of their own, or not at all. */
    private static void checkFree(int port) throws IOException {
        if (port > 0) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress("127.0.0.1", port));
            }
        }
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && (cause.getMessage() == null || cause.getCause() instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
