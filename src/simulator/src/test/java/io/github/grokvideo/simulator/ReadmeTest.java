// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import io.github.grokvideo.simulator.fault.FaultKind;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void namesEveryFaultAndOption() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (FaultKind kind : FaultKind.values()) {
            assertThat(readme).contains("| `" + kind.id() + "` | " + kind.description() + " |");
        }
        new SimulatorCommand(System.out, System.err).usage().lines().filter(line -> line.contains("--") && !line.contains("--help"))
                .forEach(line -> assertThat(readme).contains(line.strip()));
    }
}
