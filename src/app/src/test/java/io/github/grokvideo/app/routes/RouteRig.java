// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import io.github.grokvideo.app.UsageException;
import io.github.grokvideo.servers.LocalServers;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.VideoMode;
import org.apache.camel.main.Main;
import org.h2.jdbcx.JdbcConnectionPool;

/** A route file as a user copies it, with nothing of the app: Camel Main, the simulator, and real servers where they are asked for. */
final class RouteRig implements AutoCloseable {

    static final Path ROOT = root();
    static final Path SAMPLE_IMAGE = ROOT.resolve("examples/prompts/media/lighthouse.jpg");

    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("patience", 60));

    final GrokVideoSimulator simulator = GrokVideoSimulator.builder().port(0).renderTime(Duration.ofMillis(500))
            .videos(VideoMode.SHARED).start();
    final Path inbox;
    final Path outbox;
    private final Path dir;
    private final ServerChoice choice;
    private LocalServers servers;
    private JdbcConnectionPool jobs;
    private Main main;
    private final java.util.Map<String, String> settings = new java.util.LinkedHashMap<>();

    RouteRig(Path dir) throws Exception {
        this(dir, ServerChoice.NONE);
    }

    RouteRig(Path dir, ServerChoice choice) throws IOException, UsageException {
        this.dir = dir;
        inbox = Files.createDirectories(dir.resolve("in box"));
        outbox = dir.resolve("out box");
        this.choice = choice;
        servers = LocalServers.start(choice, dir.resolve("data"));
        set("inbox", inbox.toString());
        set("outbox", outbox.toString());
        set("retryDelay", "200");
        set("camel.component.grokvideo.pollInterval", "200ms");
        set("camel.component.grokvideo.maxPollInterval", "200ms");
        set("camel.component.grokvideo.workDirectory", dir.resolve("work").toString());
        servers.properties().forEach(this::set);
        gateway("xai");
    }

    /** The gateway of the component's own account. */
    RouteRig gateway(String gateway) {
        set("camel.component.grokvideo.provider", gateway);
        set("camel.component.grokvideo.apiKey", simulator.apiKey(gateway));
        return set("camel.component.grokvideo.baseUrl", simulator.baseUrl(gateway));
    }

    RouteRig account(String name, String gateway, String key) {
        set(name + ".provider", gateway);
        set(name + ".apiKey", key);
        return set(name + ".baseUrl", simulator.baseUrl(gateway));
    }

    /** Keeps the jobs in an H2 file, where the next context finds them. */
    RouteRig durable() {
        jobs = JdbcConnectionPool.create("jdbc:h2:file:" + dir.resolve("jobs") + ";WRITE_DELAY=0", "", "");
        return set("camel.component.grokvideo.jobStore", "#jobs");
    }

    RouteRig set(String property, String value) {
        settings.put(property, value);
        return this;
    }

    RouteRig start(String... routes) throws Exception {
        main = new Main();
        main.configure().withRoutesIncludePattern(String.join(",",
                Stream.of(routes).map(route -> "file:" + ROOT.resolve("routes/" + route + ".camel.yaml")).toList()));
        main.configure().withShutdownTimeout(5);
        settings.forEach(main::addInitialProperty);
        if (jobs != null) {
            main.bind("jobs", jobs);
        }
        main.start();
        return this;
    }

    /** The context stops; simulator and servers run on. */
    void stop() {
        if (main != null) {
            main.stop();
        }
    }

    void stopServers() {
        servers.close();
    }

    /** On the same ports, if those were given. */
    void startServers() throws UsageException {
        servers = LocalServers.start(choice, dir.resolve("data"));
    }

    /** The files of the S3 server's bucket. */
    Path bucket() {
        return dir.resolve("data/s3/videos");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    Main main() {
        return main;
    }

    /** Puts a finished file into the inbox. */
    Path drop(String name, String text) {
        return drop(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path drop(String name, byte[] content) {
        try {
            Path file = inbox.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void awaitThat(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
    }

    /** @return names of the files in a folder that are neither hidden nor in hidden folders, relative to it, sorted */
    static List<String> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(folder::relativize)
                    .filter(file -> Stream.iterate(file, path -> path != null, Path::getParent)
                            .noneMatch(path -> path.getFileName().toString().startsWith(".")))
                    .map(Path::toString).sorted().toList();
        } catch (UncheckedIOException e) {
            // A file went away meanwhile.
            return files(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void assertMp4(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            assertThat(new String(in.readNBytes(8), StandardCharsets.ISO_8859_1)).as(file.toString()).endsWith("ftyp");
        }
    }

    /** Nothing that was paid for lies about undelivered. */
    void assertNothingLeft() {
        // But for the engine's own: its sign of life, and what tells work directories from each other.
        assertThat(files(dir.resolve("work"))).as("left in the work directory")
                .allMatch(file -> file.endsWith(".lock") || file.endsWith(".grokvideo-holder"));
    }

    @Override
    public void close() {
        stop();
        simulator.close();
        servers.close();
        if (jobs != null) {
            jobs.dispose();
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("routes"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
