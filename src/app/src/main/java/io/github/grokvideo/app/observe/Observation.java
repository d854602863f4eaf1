package io.github.grokvideo.app.observe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import io.github.grokvideo.app.UsageException;
import io.github.grokvideo.console.ConsoleStartException;
import io.github.grokvideo.console.VideoConsole;
import io.github.grokvideo.console.VideoFileSource;
import io.github.grokvideo.console.auth.ConsoleUsers;
import io.github.grokvideo.console.auth.GeneratedPassword;

/** The console, and the ports where metrics and health are asked for. All of it on this machine's loopback address only. */
public final class Observation implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String USERS = "grokvideo.console.users";

    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();
    private VideoConsole console;

    private Observation() {
    }

    /**
     * Starts the console, before there is anything to see: a port that is taken must end the program before it has begun.
     *
     * @param  once     whether the app ends by itself
     * @param  settings gives a value or null
     * @param  videos   where the videos are that the console plays
     * @throws UsageException naming the option that is wrong; then nothing is left running
     */
    public static Observation start(ObserveChoice choice, boolean once, UnaryOperator<String> settings, VideoFileSource videos)
            throws UsageException {
        Observation observation = new Observation();
        observation.metrics(choice.observePort());
        if (choice.hasConsole(once)) {
            observation.console(choice.consolePort() == null ? 0 : choice.consolePort(), settings.apply(USERS), videos);
        } else {
            observation.properties.put("camel.main.jmxEnabled", "false");
        }
        return observation;
    }

    /** @return what is to be said of it; the generated password is among it, once */
    public List<String> takeLines() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    /** @return what Camel Main is to be configured with */
    public Map<String, String> properties() {
        return Map.copyOf(properties);
    }

    @Override
    public void close() {
        if (console != null) {
            console.close();
        }
    }

    private void console(int port, String usersFile, VideoFileSource videos) throws UsageException {
        VideoConsole.Builder builder = VideoConsole.builder().host(HOST).port(port).videos(videos);
        if (usersFile != null && !usersFile.isBlank()) {
            builder.users(users(usersFile.strip()));
        }
        console = builder.build();
        try {
            console.start();
        } catch (ConsoleStartException e) {
            throw new UsageException(e.getMessage() + " (--console-port=N, --no-console)");
        }
        lines.add("Console: " + console.url() + console.takeGeneratedPassword()
                .map(password -> "  user " + GeneratedPassword.USER + ", password " + password).orElse(""));
    }

    private static ConsoleUsers users(String file) throws UsageException {
        try {
            return ConsoleUsers.of(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new UsageException("GROKVIDEO_CONSOLE_USERS: the file " + file + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UsageException("GROKVIDEO_CONSOLE_USERS: " + e.getMessage());
        }
    }

    private void metrics(Integer port) throws UsageException {
        if (port == null) {
            return;
        }
        int free = free(port);
        properties.putAll(Map.of(
                "camel.metrics.enabled", "true",
                "camel.management.enabled", "true",
                "camel.management.host", HOST,
                "camel.management.port", Integer.toString(free),
                "camel.management.metricsEnabled", "true",
                "camel.management.healthCheckEnabled", "true"));
        lines.add("Metrics: http://" + HOST + ":" + free + "/observe/metrics  health: /observe/health");
    }

    /** Camel goes on without its server where the port is taken, so it is tried before. */
    private static int free(int port) throws UsageException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UsageException("Metrics and health cannot be served on port " + port + " of " + HOST + " (" + e.getMessage()
                    + "). Choose another --observe-port=N, or 0 for any free one");
        }
    }
}
