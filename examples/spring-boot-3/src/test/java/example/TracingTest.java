// SPDX-License-Identifier: Apache-2.0
package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.grokvideo.testing.GrokVideoExtension;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The spans that an exporter of the application gets. */
@CamelSpringBootTest
@SpringBootTest(properties = {"management.tracing.sampling.probability=1", "spring.datasource.url=jdbc:h2:mem:traced"})
@AutoConfigureObservability
@DirtiesContext
class TracingTest {

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.create();

    @TempDir
    static Path dir;

    @Autowired
    private CamelContext camel;
    @Autowired
    private InMemorySpanExporter exported;
    @Autowired
    private SdkTracerProvider tracers;

    @TestConfiguration
    static class Exporter {

        @Bean
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        video.register(registry::add);
        registry.add("inbox", dir.resolve("inbox")::toString);
        registry.add("outbox", dir.resolve("outbox")::toString);
    }

    @Test
    void theStepsOfAJobAreBelowItsCall() throws Exception {
        NotifyBuilder done = new NotifyBuilder(camel).whenDone(1).create();
        Files.createDirectories(dir.resolve("inbox"));
        Files.writeString(dir.resolve("inbox/fox.txt"), "A fox runs through fresh snow");
        assertThat(done.matches(60, TimeUnit.SECONDS)).isTrue();

        SpanData call = one("grokvideo:generate");
        assertThat(text(call, "gen_ai.provider.name")).isEqualTo("x_ai");
        assertThat(text(call, "gen_ai.request.model")).isEqualTo("grok-imagine-video");
        assertThat(text(call, "grokvideo.job.id")).isNotBlank();
        assertThat(List.of(one("grokvideo submit"), one("grokvideo wait"), one("grokvideo download"))).allSatisfy(step -> {
            assertThat(step.getParentSpanId()).as(step.getName()).isEqualTo(call.getSpanId());
            assertThat(text(step, "grokvideo.job.id")).isEqualTo(text(call, "grokvideo.job.id"));
        });
        video.assertPaidOnce();
    }

    private SpanData one(String name) {
        return await().atMost(Duration.ofSeconds(10)).until(() -> {
            tracers.forceFlush();
            return exported.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name)).toList();
        }, spans -> spans.size() == 1).get(0);
    }

    private static String text(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.stringKey(attribute));
    }
}
