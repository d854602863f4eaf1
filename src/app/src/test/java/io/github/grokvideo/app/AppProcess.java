// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real app in a process of its own, started in the folder that holds {@code routes/}. */
final class AppProcess implements AutoCloseable {

    static final Path ROOT = root();

    private static final List<String> SETTINGS
            = List.of("GROKVIDEO_PROVIDER", "GROKVIDEO_API_KEY", "GROKVIDEO_BASE_URL", "GROKVIDEO_MODEL", "GROKVIDEO_DATA",
            "GROKVIDEO_CONSOLE_USERS", "GROKVIDEO_CONSOLE_URL");
    private static final long LONGEST_SECONDS = 120;

    private final Process process;
    private final Path out;
    private final Path err;

    AppProcess(Path dir, Map<String, String> environment, String... args) throws IOException {
        Files.createDirectories(dir);
        out = dir.resolve("stdout.txt");
        err = dir.resolve("stderr.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-Djava.awt.headless=true",
                "-Dgrokvideo.log=" + dir.resolve("app.log"),
                "-Dgrokvideo.data=" + dir.resolve("data"),
                GrokVideoApp.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile())
                .redirectInput(new File("/dev/null")).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(SETTINGS);
        builder.environment().putAll(environment);
        process = builder.start();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The app does not end");
        }
        return process.exitValue();
    }

    /** As Ctrl-C does. */
    void interrupt() {
        process.destroy();
    }

    /** As a crash does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("routes"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
