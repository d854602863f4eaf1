// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import com.fasterxml.jackson.databind.JsonNode;

/** Runs a program of others that answers in JSON. */
final class Program {

    private Program() {
    }

    /**
     * @param  directory   where it runs
     * @param  environment variables beside those of this process
     * @return             what it printed; it fails the test if it fails or prints no JSON
     */
    static JsonNode json(Path directory, Map<String, String> environment, List<String> command) {
        try {
            Path complaints = Files.createTempFile("program", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectError(complaints.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                String printed;
                try (InputStream output = process.getInputStream()) {
                    printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                } finally {
                    if (!process.waitFor(1, TimeUnit.MINUTES)) {
                        process.destroyForcibly();
                    }
                }
                assertThat(process.exitValue()).as("%s: %s%s", command, printed, Files.readString(complaints)).isZero();
                return Client.JSON.readTree(printed);
            } finally {
                Files.delete(complaints);
            }
        } catch (IOException e) {
            throw new AssertionError(command + " could not be run, or printed no JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
