// SPDX-License-Identifier: Apache-2.0
package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.grokvideo.testing.GrokVideoExtension;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
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

    @TestHTTPResource("/q/")
    URI management;

    @Test
    void aPromptBecomesAVideoAndARefusedKeyIsAMatterOfReadiness() throws Exception {
        Path file = producer.requestBody("direct:videos", "A fox runs through fresh snow", File.class).toPath();

        video.assertPaidOnce();
        assertEquals("ftyp", new String(Files.readAllBytes(file), 4, 4, StandardCharsets.US_ASCII));
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM grokvideo_job WHERE state = 'DELIVERED'")) {
            assertTrue(rows.next());
            assertEquals(1, rows.getInt(1));
        }
        String submits = get("metrics").body().lines().filter(line -> line.startsWith("grokvideo_submits_total")).findFirst().orElseThrow();
        assertEquals(200, get("health/ready").statusCode());

        // The node takes no more work, and is not restarted for it.
        video.faults().add("submit-401");
        assertThrows(CamelExecutionException.class, () -> producer.requestBody("direct:videos", "A fox at night"));
        HttpResponse<String> ready = get("health/ready");
        assertTrue(ready.body().contains("check its key"), ready.body());
        int live = get("health/live").statusCode();
        assertEquals("503 and 200", ready.statusCode() + " and " + live);

        Files.writeString(Path.of("target/seen.txt"), "a video of " + Files.size(file) + " bytes, its job in the application's database,"
                + " on Camel " + camel.getVersion() + " of Quarkus, " + submits + ", with a refused key: ready " + ready.statusCode()
                + ", live " + live);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(management.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
