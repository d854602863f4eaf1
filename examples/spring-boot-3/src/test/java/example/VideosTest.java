// SPDX-License-Identifier: Apache-2.0
package example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.grokvideo.testing.GrokVideoExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@CamelSpringBootTest
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
    private TestRestTemplate http;
    @Autowired
    private JdbcTemplate jdbc;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        video.register(registry::add);
        registry.add("camel.component.grokvideo.job-store", () -> "jdbc");
        registry.add("inbox", dir.resolve("inbox")::toString);
        registry.add("outbox", dir.resolve("outbox")::toString);
        registry.add("spring.datasource.url", () -> "jdbc:h2:file:" + dir.resolve("data/videos") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    @Test
    void aPromptBecomesAVideo() throws Exception {
        NotifyBuilder done = new NotifyBuilder(camel).whenDone(1).create();
        Files.createDirectories(dir.resolve("inbox"));
        Files.writeString(dir.resolve("inbox/fox.txt"), "A fox runs through fresh snow");
        assertThat(done.matches(60, TimeUnit.SECONDS)).isTrue();

        video.assertPaidOnce();
        Path file;
        try (var files = Files.list(dir.resolve("outbox"))) {
            file = files.findFirst().orElseThrow();
        }
        assertThat(new String(Files.readAllBytes(file), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        assertThat(jdbc.queryForObject("SELECT state FROM grokvideo_job", String.class)).isEqualTo("DELIVERED");
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM orders", Integer.class)).isZero();

        assertThat(http.getForEntity("/actuator/health/readiness", String.class).getStatusCode().value()).isEqualTo(200);
        assertThat(http.getForObject("/actuator/metrics/grokvideo.submits", String.class)).contains("\"value\":1.0");
        Files.writeString(Path.of("target/seen.txt"), "a video of " + Files.size(file) + " bytes, its job in the application's database,"
                + " health and metrics on Spring Boot " + SpringBootVersion.getVersion() + ", Camel " + camel.getVersion());
    }
}
