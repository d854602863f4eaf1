// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
/** An HTTP server on a free port whose script decides every byte, and how the connection ends. */
final class FaultServer implements AutoCloseable {

    /** Answers one request. What it leaves open is kept alive. */
    @FunctionalInterface
    interface Script {
        void answer(Request request, Wire wire) throws Exception;
    }

    /** Deals with a new connection before a request is read. */
    @FunctionalInterface
    interface Greeting {
        void accept(Wire wire) throws Exception;
    }

    record Request(String method, String target, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final ServerSocket listener;
    private final String scheme;
    private final Script script;
    private final Greeting greeting;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    static FaultServer start(Script script) {
        return start(null, wire -> { }, script);
    }

    static FaultServer start(SSLContext tls, Script script) {
        return start(tls, wire -> { }, script);
    }

    static FaultServer greeting(Greeting greeting) {
        return start(null, greeting, (request, wire) -> { });
    }

    private static FaultServer start(SSLContext tls, Greeting greeting, Script script) {
        try {
            InetAddress loopback = InetAddress.getByName("127.0.0.1");
            ServerSocket listener = tls == null ? new ServerSocket(0, 50, loopback)
                    : tls.getServerSocketFactory().createServerSocket(0, 50, loopback);
            FaultServer server = new FaultServer(listener, tls == null ? "http" : "https", greeting, script);
            server.threads.execute(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FaultServer(ServerSocket listener, String scheme, Greeting greeting, Script script) {
        this.listener = listener;
        this.scheme = scheme;
        this.greeting = greeting;
        this.script = script;
    }

    int port() {
        return listener.getLocalPort();
    }

    String url(String path) {
        return scheme + "://127.0.0.1:" + port() + path;
    }

    GatewayAccess access() {
        return new GatewayAccess(URI.create(url("/v1")), TransportRig.KEY);
    }

    List<Request> requests() {
        return requests;
    }

    Request only() {
        if (requests.size() != 1) {
            throw new AssertionError(requests.size() + " requests: " + requests);
        }
        return requests.get(0);
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException closing) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Wire wire = new Wire(socket);
            greeting.accept(wire);
            if (socket.isClosed()) {
                return;
            }
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                script.answer(request, wire);
                if (socket.isClosed() || "close".equalsIgnoreCase(request.header("connection"))) {
                    return;
                }
            }
        } catch (Exception gone) {
            return;
        } finally {
            sockets.remove(socket);
        }
    }

    private static Request read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null || line.isEmpty()) {
            return null;
        }
        String[] start = line.split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
        }
        byte[] body = "chunked".equalsIgnoreCase(headers.get("transfer-encoding")) ? chunks(in)
                : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(start[0], start[1], headers, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a script can do to a connection. */
    final class Wire {

        private final Socket socket;

        Wire(Socket socket) {
            this.socket = socket;
        }

        OutputStream out() throws IOException {
            return socket.getOutputStream();
        }

        /** @param headers each with {@code \r\n} */
        void head(String status, String headers) throws IOException {
            out().write(("HTTP/1.1 " + status + "\r\n" + headers + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out().flush();
        }

        void answer(String status, String headers, byte[] body) throws IOException {
            head(status, headers + "Content-Length: " + body.length + "\r\n");
            out().write(body);
            out().flush();
        }

        void json(String status, String json) throws IOException {
            answer(status, "Content-Type: application/json\r\n", json.getBytes(StandardCharsets.UTF_8));
        }

        void redirect(String status, String location) throws IOException {
            answer(status, "Location: " + location + "\r\n", new byte[0]);
        }

        void video(byte[] mp4, String headers) throws IOException {
            answer("200 OK", "Content-Type: video/mp4\r\n" + headers, mp4);
        }

        void chunk(byte[] bytes) throws IOException {
            out().write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out().write(bytes);
            out().write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out().flush();
        }

        /** Passes bytes on to a server on this machine, both ways, until either side ends. */
        void tunnel(int port) throws IOException {
            head("200 OK", "");
            try (Socket target = new Socket("127.0.0.1", port)) {
                sockets.add(target);
                threads.execute(() -> pump(target, socket));
                pump(socket, target);
            }
        }

        private void pump(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.close();
            } catch (IOException ended) {
                return;
            }
        }

        /** Orderly: FIN. */
        void finish() throws IOException {
            socket.close();
        }

        /** Abortive: RST. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** RST as soon as the request begins to come: a client that has written nothing yet knows that nothing was sent. */
        void resetAtTheFirstByte() throws IOException {
            socket.getInputStream().read();
            reset();
        }

        /** Nothing more comes, until the server is closed. */
        void stall() throws InterruptedException {
            closed.await();
        }

        /** A byte now and then, until the client or the server is gone. */
        void dribble(char filler) throws Exception {
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                out().write(filler);
                out().flush();
            }
        }
    }
}
