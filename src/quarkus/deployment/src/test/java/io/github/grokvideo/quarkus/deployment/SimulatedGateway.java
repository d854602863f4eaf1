// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import io.github.grokvideo.testing.GrokVideoExtension;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A gateway for the application under test, and a database of its own. Tests, which run in the application, ask it over HTTP. */
public class SimulatedGateway implements QuarkusTestResourceLifecycleManager {

    private final GrokVideoExtension video = GrokVideoExtension.create();

    @Override
    public Map<String, String> start() {
        try {
            Path dir = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "videos");
            Map<String, String> properties = new HashMap<>(video.properties());
            properties.put("camel.component.grokvideo.job-store", "jdbc");
            properties.put("outbox", dir.resolve("outbox").toString());
            properties.put("quarkus.datasource.jdbc.url",
                    "jdbc:h2:file:" + dir.resolve("videos") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        video.close();
    }
}
