// SPDX-License-Identifier: Apache-2.0
package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.grokvideo.testing.GrokVideoExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class VideosTest {

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.create();

    @TempDir
    Path dir;

    @Test
    void aPromptBecomesAVideoAndARowInTheDatabase() throws Exception {
        Properties properties = new Properties();
        properties.putAll(video.properties());
        properties.setProperty("camel.component.grokvideo.job-store", "file:" + dir.resolve("data"));
        properties.setProperty("inbox", dir.resolve("inbox").toString());
        properties.setProperty("outbox", dir.resolve("outbox").toString());
        Files.createDirectories(dir.resolve("inbox"));
        Files.writeString(dir.resolve("inbox/fox.txt"), "A fox runs through fresh snow");

        Main main = new Main(Videos.class);
        main.setOverrideProperties(properties);
        main.init();
        NotifyBuilder done = new NotifyBuilder(main.getCamelContext()).whenDone(1).create();
        main.start();
        try {
            assertTrue(done.matches(60, TimeUnit.SECONDS), "a message was processed within 60 s");
            video.assertPaidOnce();
        } finally {
            main.stop();
        }

        Path file;
        try (var files = Files.list(dir.resolve("outbox"))) {
            file = files.findFirst().orElseThrow();
        }
        assertEquals("ftyp", new String(Files.readAllBytes(file), 4, 4, StandardCharsets.US_ASCII));
        try (var database = DriverManager.getConnection("jdbc:h2:file:" + dir.resolve("data/jobs"));
                var rows = database.createStatement().executeQuery("SELECT state FROM grokvideo_job")) {
            assertTrue(rows.next());
            assertEquals("DELIVERED", rows.getString(1));
        }
        Files.writeString(Path.of("target/seen.txt"), "a video of " + Files.size(file) + " bytes, its job in H2, on Camel "
                + main.getCamelContext().getVersion());
    }

    @Test
    void theVideoNeededNoMetricsTracesOrHealthChecks() {
        for (String name : List.of("io.micrometer.core.instrument.MeterRegistry", "io.opentelemetry.api.trace.Span",
                "org.apache.camel.telemetry.Span", "org.apache.camel.impl.health.AbstractHealthCheck")) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(name), name);
        }
    }
}
