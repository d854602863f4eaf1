// SPDX-License-Identifier: Apache-2.0
package example;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A replica, started as the manifest says: environment, volumes, user, read-only root, memory. It differs from a pod in its network, which
 * is that of the test: it listens on any free port, and its log says which.
 */
final class Pod implements AutoCloseable {

    /** How a replica ended after SIGTERM. */
    record Stop(Duration time, int exitCode) {
    }

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final V1PodSpec spec;
    private final Process process;
    private final Path log;

    private Pod(V1PodSpec spec, Process process, Path log) {
        this.spec = spec;
        this.process = process;
        this.log = log;
        // Where the test itself is stopped.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /**
     * Returns at once, before the program listens.
     *
     * @param environment in addition to that of the manifest
     * @param claim       what all persistent volume claims stand for
     * @param folder      of this replica: its log, and the root of its file system
     */
    static Pod start(Confinement confinement, Containerfile.Image image, V1PodSpec spec, Map<String, String> secret,
            Map<String, String> environment, Path claim, Path folder) throws IOException {
        V1Container container = spec.getContainers().get(0);
        Map<String, String> variables = new LinkedHashMap<>(secret);
        container.getEnv().forEach(variable -> variables.put(variable.getName(), variable.getValue()));
        variables.putAll(environment);
        variables.put("HOSTNAME", folder.getFileName().toString());
        variables.put("HOME", "/");
        variables.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        variables.put("PATH", System.getProperty("java.home") + "/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        variables.put("SERVER_PORT", "0");
        String options = "-XX:MaxRAM=" + container.getResources().getLimits().get("memory").getNumber().longValueExact();
        Map<String, String> volumes = volumes(spec, container, claim);
        if (confinement == Confinement.NONE) {
            for (String path : volumes.keySet()) {
                Path stand = volumes.get(path).startsWith("/") ? claim : Files.createDirectories(folder.resolve(path.substring(1)));
                variables.replaceAll((name, value) -> value.equals(path) ? stand.toAbsolutePath().toString() : value);
            }
            options += " -Djava.io.tmpdir=" + folder.resolve("tmp").toAbsolutePath();
        }
        variables.put("JAVA_TOOL_OPTIONS", options);

        Path log = Files.createDirectories(folder).resolve("log.txt");
        Path root = Files.createDirectories(folder.resolve("root")).toAbsolutePath();
        String user = spec.getSecurityContext().getRunAsUser() + ":" + spec.getSecurityContext().getRunAsGroup();
        ProcessBuilder builder = new ProcessBuilder(confinement.command(image, root.toString(), user, volumes))
                .redirectErrorStream(true).redirectOutput(log.toFile());
        if (confinement == Confinement.NONE) {
            builder.directory(image.root().resolve(image.directory().substring(1)).toFile());
        }
        builder.environment().clear();
        builder.environment().putAll(variables);
        return new Pod(spec, builder.start(), log);
    }

    private static Map<String, String> volumes(V1PodSpec spec, V1Container container, Path claim) {
        Map<String, String> volumes = new LinkedHashMap<>();
        for (V1VolumeMount mount : container.getVolumeMounts()) {
            V1Volume volume = spec.getVolumes().stream().filter(each -> each.getName().equals(mount.getName())).findFirst().orElseThrow();
            volumes.put(mount.getMountPath(), volume.getEmptyDir() == null ? claim.toAbsolutePath().toString()
                    : volume.getEmptyDir().getSizeLimit().getNumber().toBigIntegerExact().toString());
        }
        return volumes;
    }

    /** {@return whether a probe of the manifest would succeed now} */
    boolean passes(V1Probe probe) {
        try {
            int status = get(probe.getHttpGet().getPath()).statusCode();
            return status >= 200 && status < 400;
        } catch (IOException | IllegalStateException notYet) {
            if (!process.isAlive()) {
                throw new AssertionError("The replica has ended:\n" + log());
            }
            return false;
        }
    }

    V1Container container() {
        return spec.getContainers().get(0);
    }

    /** @throws IllegalStateException if it does not listen yet */
    URI uri(String path) {
        Matcher matcher = PORT.matcher(log());
        if (!matcher.find()) {
            throw new IllegalStateException("Not started yet");
        }
        return URI.create("http://127.0.0.1:" + matcher.group(1) + path);
    }

    HttpResponse<String> get(String path) throws IOException {
        try {
            return HTTP.send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Asks for a video. The prompt needs no escapes. */
    CompletableFuture<HttpResponse<String>> post(String prompt) {
        return HTTP.sendAsync(HttpRequest.newBuilder(uri("/videos")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\": \"" + prompt + "\", \"duration\": 6}")).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Sends SIGTERM and waits as long as the kubelet would. */
    Stop stop() throws InterruptedException {
        long start = System.nanoTime();
        process.destroy();
        if (!process.waitFor(spec.getTerminationGracePeriodSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("SIGKILL would have been needed:\n" + log());
        }
        return new Stop(Duration.ofNanos(System.nanoTime() - start), process.exitValue());
    }

    /** SIGKILL: the node is lost. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    /** {@return a file of the running process in /proc} */
    List<String> proc(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), name));
    }

    /** {@return the most memory that was resident at once, in bytes} */
    long peakMemory() throws IOException {
        Matcher matcher = PEAK.matcher(String.join("\n", proc("status")));
        if (!matcher.find()) {
            throw new IllegalStateException("No VmHWM");
        }
        return Long.parseLong(matcher.group(1)) * 1024;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
