// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The benchmarks run, with few jobs. Their figures mean nothing here. */
@Tag("full")
class BenchmarksFullIT {

    private static String run(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(new Benchmarks()).execute(arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void polls() {
        assertThat(run("polls", "--npm=src/main/npm", "--jobs=25", "--median=2").lines())
                .anyMatch(line -> line.matches("@ai-sdk/xai +\\d+\\.\\d\\d +\\d+\\.\\d\\d +\\d+\\.\\d\\d +1\\.00"))
                .anyMatch(line -> line.matches("grokvideo, after 25 jobs( +\\d+\\.\\d\\d){4}"))
                .anyMatch(line -> line.matches("the same, webhooks( +\\d+\\.\\d\\d){4}"));
    }

    @Test
    void files() {
        assertThat(run("files", "--npm=src/main/npm", "--jobs=20", "--warm-up=1", "--at-once=5", "--pairs=1").lines())
                .anyMatch(line -> line.matches("grokvideo +\\d+\\.\\d\\d +\\d+\\.\\d\\d +1\\.00"))
                .anyMatch(line -> line.matches("Node, neither hashed nor synced( +\\d+\\.\\d\\d){3}"));
    }

    @Test
    void downloads() {
        assertThat(run("downloads", "--size=2", "--pairs=1").lines())
                .anyMatch(line -> line.matches("grokvideo, -Xmx64m +\\d+\\.\\d\\d +\\d+\\.\\d\\d +1\\.00"))
                .anyMatch(line -> line.matches("curl, sha256sum, sync( +\\d+\\.\\d\\d){3}"));
    }
}
