// SPDX-License-Identifier: Apache-2.0
package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.grokvideo.component.error.AuthenticationException;
import io.github.grokvideo.testing.GrokVideoExtension;
import java.nio.file.Path;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A node whose key is refused gets no more traffic, but is not restarted. */
@CamelSpringBootTest
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "spring.datasource.url=jdbc:h2:mem:refused")
@DirtiesContext
class RefusedKeyTest {

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.create();

    @TempDir
    static Path dir;

    @Autowired
    private ProducerTemplate producer;
    @Autowired
    private TestRestTemplate http;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        video.register(registry::add);
        registry.add("camel.component.grokvideo.api-key", () -> "wrong");
        registry.add("inbox", dir.resolve("inbox")::toString);
        registry.add("outbox", dir.resolve("outbox")::toString);
    }

    @Test
    void readinessSeesItAndLivenessDoesNot() {
        assertThatThrownBy(() -> producer.requestBody("grokvideo:generate", "A fox")).hasCauseInstanceOf(AuthenticationException.class);

        assertThat(http.getForEntity("/actuator/health/readiness", String.class).getStatusCode().value()).isEqualTo(503);
        assertThat(http.getForEntity("/actuator/health/liveness", String.class).getStatusCode().value()).isEqualTo(200);
        video.assertNothingPaid();
    }
}
