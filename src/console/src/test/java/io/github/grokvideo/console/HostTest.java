// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

    private final VideoConsole console = VideoConsole.builder().users(TestUsers.both()).build();

    @AfterEach
    void stop() {
        console.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: evil.example:80", "Host: 127.0.0.1.evil.example", "Host: 192.0.2.1", "Host:"})
    void answersNothingUnderAForeignName(String host) throws IOException {
        console.start();

        assertThat(firstLine("GET /hawtio/login HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n")).matches("HTTP/1.1 4(21|00) .*");
        assertThat(firstLine("GET http://evil.example/hawtio/login HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n"))
                .matches("HTTP/1.1 4(21|00) .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "LOCALHOST", "[::1]"})
    void answersUnderTheNamesOfThisMachine(String host) throws IOException {
        console.start();

        assertThat(firstLine("GET /hawtio/login HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void answersUnderTheNameOfTheProxyBeforeIt() throws IOException {
        VideoConsole behind = VideoConsole.builder().users(TestUsers.both()).publicUrl(URI.create("https://Console.example.com")).build();
        behind.start();
        try {
            assertThat(firstLine(behind, "GET /hawtio/login HTTP/1.1\r\nHost: console.example.com\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(firstLine(behind, "GET /hawtio/login HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421");
        } finally {
            behind.close();
        }
    }

    @Test
    void listensOnTheLoopbackAddressOnly() throws IOException {
        console.start();

        assertThat(URI.create(console.url()).getHost()).isEqualTo("127.0.0.1");
        // Free there: it could not be, if the console listened on all addresses.
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), URI.create(console.url()).getPort()));
            assertThat(other.isBound()).isTrue();
        }
    }

    @Test
    void saysThatAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            VideoConsole second = VideoConsole.builder().port(taken.getLocalPort()).users(TestUsers.both()).build();

            assertThatThrownBy(second::start).isInstanceOf(ConsoleStartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1").hasMessageContaining("Choose another port");
            assertThatThrownBy(second::url).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void refusesToListenOnAllAddresses(String host) {
        VideoConsole open = VideoConsole.builder().host(host).users(TestUsers.both()).build();

        assertThatThrownBy(open::start).isInstanceOf(ConsoleStartException.class).hasMessageContaining("all addresses at once");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void refusesAPortThatIsNone(int port) {
        VideoConsole.Builder builder = VideoConsole.builder();

        assertThatThrownBy(() -> builder.port(port)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 (any free one) to 65535");
    }

    @Test
    void leavesNoThreadBehind() {
        console.start();
        console.close();

        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).noneMatch(name -> name.startsWith("grokvideo-console"));
    }

    @Test
    void startsAgainAfterItWasClosed() throws IOException {
        console.start();
        console.close();
        console.start();

        assertThat(firstLine("GET /hawtio/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    private String firstLine(String request) throws IOException {
        return firstLine(console, request);
    }

    private static String firstLine(VideoConsole console, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", URI.create(console.url()).getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(0, answer.indexOf("\r\n"));
        }
    }
}
