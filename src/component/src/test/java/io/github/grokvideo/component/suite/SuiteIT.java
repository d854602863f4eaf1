// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Judges the whole suite, after it: what was logged, and what was left behind. Runs in an execution of its own. */
class SuiteIT {

    private static final Path BUILD = Path.of("target");
    /** Every key the tests use has this in it. */
    private static final Pattern KEY = Pattern.compile("(sk|xai|rk_live)[-_]\\w*(simulator|secret)[-\\w]*|secret-key");
    private static final Pattern SIGNATURE = Pattern.compile("[?&](signature|sig|token|X-Amz-Signature)=[^&\\s\\]\"']{4,}");

    @Test
    void noKeyAndNoSignedUrlWasEverLogged() throws IOException {
        List<String> leaks = new ArrayList<>();
        List<Path> logs = logs();
        for (Path log : logs) {
            try (BufferedReader lines = Files.newBufferedReader(log)) {
                lines.lines().filter(line -> KEY.matcher(line).find() || SIGNATURE.matcher(line).find())
                        .limit(20)
                        .forEach(line -> leaks.add(log.getFileName() + ": " + line));
            }
        }

        assertThat(logs).as("the suite's logs").isNotEmpty();
        assertThat(leaks).isEmpty();
    }

    @Test
    void noTestLeftAThreadOrATemporaryFile() throws IOException {
        Path unitTests = BUILD.resolve("suite/surefire.txt");
        Path integrationTests = BUILD.resolve("suite/failsafe.txt");

        assertThat(Files.readAllLines(unitTests)).as("left by the unit tests").isEmpty();
        assertThat(Files.readAllLines(integrationTests)).as("left by the integration tests").isEmpty();
    }

    private static List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(BUILD.resolve("suite"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log")).toList();
        }
    }
}
