// SPDX-License-Identifier: Apache-2.0
package example;

import io.github.grokvideo.testing.GrokVideoExtension;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Starts a gateway without a key for the application, and lets tests ask what was paid. */
public class SimulatedGateway implements QuarkusTestResourceLifecycleManager {

    private final GrokVideoExtension video = GrokVideoExtension.create();

    @Override
    public Map<String, String> start() {
        try {
            Path dir = Files.createDirectories(Path.of("target/videos-" + ProcessHandle.current().pid()).toAbsolutePath());
            Map<String, String> properties = new HashMap<>(video.properties());
            properties.put("camel.component.grokvideo.job-store", "jdbc");
            properties.put("outbox", dir.resolve("outbox").toString());
            properties.put("quarkus.datasource.jdbc.url",
                    "jdbc:h2:file:" + dir.resolve("data/videos") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(video, field -> field.getType() == GrokVideoExtension.class);
    }

    @Override
    public void stop() {
        video.close();
    }
}
