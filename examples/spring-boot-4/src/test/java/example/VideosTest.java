// SPDX-License-Identifier: Apache-2.0
package example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.grokvideo.testing.GrokVideoExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.util.concurrent.ThreadType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class VideosTest {

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.create();

    @TempDir
    static Path dir;

    @Autowired
    private CamelContext camel;
    @Autowired
    private JdbcTemplate jdbc;
    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        video.register(registry::add);
        registry.add("camel.component.grokvideo.job-store", () -> "jdbc");
        registry.add("videos", dir.resolve("videos")::toString);
        registry.add("spring.datasource.url", () -> "jdbc:h2:file:" + dir.resolve("data/videos") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    @Test
    void aPromptIsAnsweredWithAVideo() throws Exception {
        if (Runtime.version().feature() >= 21) {
            assertThat(ThreadType.current()).as("Camel's threads").isEqualTo(ThreadType.VIRTUAL);
        }
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest prompt = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/videos"))
                .header("Content-Type", "text/plain").POST(HttpRequest.BodyPublishers.ofString("A fox runs through fresh snow")).build();

        HttpResponse<byte[]> answer = client.send(prompt, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        video.assertPaidOnce();
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health")).build();
        assertThat(client.send(health, HttpResponse.BodyHandlers.ofString()).body()).contains("\"status\":\"UP\"");
        // Liquibase manages the application's tables, and leaves those of the jobs alone.
        assertThat(jdbc.queryForList("SELECT id FROM databasechangelog", String.class)).containsExactly("orders");
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM orders", Integer.class)).isZero();
        assertThat(jdbc.queryForList("SELECT state FROM grokvideo_job", String.class)).hasSize(1);
        Files.writeString(Path.of("target/seen.txt"), "a video of " + answer.body().length + " bytes by HTTP, its job beside the tables of"
                + " Liquibase, on Spring Boot "
                + SpringBootVersion.getVersion() + ", Camel " + camel.getVersion());
    }
}
