// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** One Kafka broker that is its own controller. Topics are created when they are first used. */
final class KafkaServer implements LocalServer {

    private final KafkaRaftServer server;
    private final int port;
    private final Path data;

    private KafkaServer(KafkaRaftServer server, int port, Path data) {
        this.server = server;
        this.port = port;
        this.data = data;
    }

    static KafkaServer start(Path data, int port) throws Exception {
        // It advertises the configured port to its clients, so the port must be known before the start.
        int broker = port == 0 ? freePort() : port;
        Properties settings = settings(data, broker, freePort());
        if (!Files.exists(data.resolve("log/meta.properties"))) {
            format(data, settings);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
        return new KafkaServer(server, broker, data);
    }

    private static Properties settings(Path data, int broker, int controller) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller", "node.id", "1",
                "listeners", "PLAINTEXT://127.0.0.1:" + broker + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + broker,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", "1@127.0.0.1:" + controller,
                "log.dirs", data.resolve("log").toAbsolutePath().toString()));
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1", "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1", "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "1", "group.initial.rebalance.delay.ms", "0",
                "num.partitions", "1", "log.cleaner.enable", "false"));
        return settings;
    }

    private static void format(Path data, Properties settings) throws IOException {
        Path file = Files.createDirectories(data).resolve("server.properties");
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, "Generated; read only when the storage is formatted");
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int exitCode = StorageTool.execute(new String[] {"format", "--ignore-formatted", "--config", file.toString(),
                "--cluster-id", Uuid.randomUuid().toString()}, new PrintStream(output, true, StandardCharsets.UTF_8));
        if (exitCode != 0) {
            throw new IOException("its storage was not formatted: " + output.toString(StandardCharsets.UTF_8).strip());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String line() {
        return "Kafka at 127.0.0.1:" + port + ", files in " + data + "/";
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("camel.component.kafka.brokers", "127.0.0.1:" + port);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
