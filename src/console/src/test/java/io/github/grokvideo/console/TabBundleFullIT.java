// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The committed bundle is what the tab's sources make. */
@Tag("full")
class TabBundleFullIT {

    @Test
    void isBuiltFromItsSources() throws IOException {
        try (InputStream committed = VideoConsole.class.getResourceAsStream("pages/plugins/grokvideo/remoteEntry.js")) {
            assertThat(new String(committed.readAllBytes(), StandardCharsets.UTF_8))
                    .as("run 'npm run build' in src/main/plugin and commit the result")
                    .isEqualTo(Files.readString(Path.of("target/plugin/remoteEntry.js")));
        }
    }
}
