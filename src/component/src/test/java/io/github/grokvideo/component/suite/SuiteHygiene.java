// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Looks at a test JVM when all its tests are over, and writes down what they left behind. {@link SuiteIT} fails the build on it: a
 * listener cannot.
 */
public final class SuiteHygiene implements LauncherSessionListener {

    /** Set by the build; without it (in an IDE) nothing is written. */
    private static final String REPORT = System.getProperty("grokvideo.suite.report");
    /** Not Camel's own ShutdownTask, which a context that is started a second time never ends. */
    private static final Pattern OURS = Pattern.compile("Camel .*(?<!ShutdownTask)|grokvideo.*|vert\\.x.*|httpclient.*|idle-connection.*");
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Set<String> before = new HashSet<>();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            Files.createDirectories(temporary());
            try (Stream<Path> files = Files.list(temporary())) {
                files.forEach(file -> before.add(file.getFileName().toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (REPORT == null) {
            return;
        }
        List<String> left = leftovers();
        for (Instant end = Instant.now().plus(GRACE); !left.isEmpty() && Instant.now().isBefore(end); left = leftovers()) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        try {
            Path report = Path.of(REPORT);
            Files.createDirectories(report.getParent());
            Files.write(report, left);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> leftovers() {
        List<String> left = new ArrayList<>();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && OURS.matcher(thread.getName()).matches())
                .forEach(thread -> left.add("thread: " + thread.getName()));
        try (Stream<Path> files = Files.list(temporary())) {
            // hsperfdata is the JVM's own.
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !before.contains(name) && !name.startsWith("hsperfdata"))
                    .forEach(name -> left.add("temporary file: " + name));
        } catch (IOException e) {
            left.add("temporary files: " + e);
        }
        return left;
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
