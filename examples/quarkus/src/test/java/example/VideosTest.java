// SPDX-License-Identifier: Apache-2.0
package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.grokvideo.testing.GrokVideoExtension;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SimulatedGateway.class)
class VideosTest {

    GrokVideoExtension video;

    @Inject
    CamelContext camel;
    @Inject
    DataSource database;
    @Inject
    ProducerTemplate producer;

    @Test
    void aPromptBecomesAVideoAndARowInTheDatabase() throws Exception {
        Path file = producer.requestBody("direct:videos", "A fox runs through fresh snow", File.class).toPath();

        video.assertPaidOnce();
        assertEquals("ftyp", new String(Files.readAllBytes(file), 4, 4, StandardCharsets.US_ASCII));
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT state FROM grokvideo_job")) {
            assertTrue(rows.next());
            assertEquals("DELIVERED", rows.getString(1));
        }
        Files.writeString(Path.of("target/seen.txt"), "a video of " + Files.size(file) + " bytes, its job in the application's database,"
                + " on Camel " + camel.getVersion() + " of Quarkus");
    }
}
