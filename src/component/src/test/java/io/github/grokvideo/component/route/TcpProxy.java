// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Stands between nodes and their database, and can take it away: by silence, or by closed connections. */
final class TcpProxy implements AutoCloseable {

    private enum Mode { PASS, STALL, REFUSE }

    private final AtomicReference<Mode> mode = new AtomicReference<>(Mode.PASS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "tcp-proxy"));
    private final ServerSocket listener;
    private final int target;

    TcpProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void pass() {
        // What is still half-open says nothing sensible any more.
        closeAll();
        mode.set(Mode.PASS);
    }

    /** Nothing comes through, and nobody is told. */
    void stall() {
        mode.set(Mode.STALL);
    }

    /** All connections break, and new ones at once. */
    void refuse() {
        mode.set(Mode.REFUSE);
        closeAll();
    }

    private void closeAll() {
        open.forEach(TcpProxy::close);
        open.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (mode.get() == Mode.REFUSE) {
                    close(client);
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                threads.execute(() -> copy(client, server));
                threads.execute(() -> copy(server, client));
            } catch (IOException ended) {
                continue;
            }
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                while (mode.get() == Mode.STALL && !from.isClosed()) {
                    LockSupport.parkNanos(10_000_000);
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException broken) {
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        mode.set(Mode.REFUSE);
        listener.close();
        closeAll();
        threads.shutdownNow();
    }
}
