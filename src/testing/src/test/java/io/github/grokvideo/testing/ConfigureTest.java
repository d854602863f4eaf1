// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** An extension without JUnit: it starts when it is asked, and ends with close. */
class ConfigureTest {

    @Test
    void aPlainContextUsesTheSimulator() throws Exception {
        try (GrokVideoExtension video = GrokVideoExtension.create(); CamelContext context = new DefaultCamelContext()) {
            GrokVideoComponent component = video.configure(context);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:prompts").to("grokvideo:generate");
                }
            });
            context.start();

            context.createProducerTemplate().requestBody("direct:prompts", "A red kite");

            video.assertPaidOnce();
            assertThat(component.getConfiguration().getPollInterval()).isEqualTo(Duration.ofMillis(50));
            assertThat(component.getJobStore()).isEqualTo("memory");
            assertThatThrownBy(() -> video.configure(context)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("before it starts");
            video.reset();
            video.assertNothingPaid();
        }
    }

    @Test
    void optionsOfTheBuilderComeFirst() throws Exception {
        try (GrokVideoExtension video = GrokVideoExtension.builder().provider("toapis").option("pollInterval", "70ms")
                .option("submit-timeout", "2s").simulator(simulator -> simulator.startingCredit(0)).build();
                CamelContext context = new DefaultCamelContext()) {
            GrokVideoComponent component = video.configure(context);

            assertThat(component.getConfiguration().getProvider()).isEqualTo("toapis");
            assertThat(component.getConfiguration().getPollInterval()).isEqualTo(Duration.ofMillis(70));
            assertThat(component.getSubmitTimeout()).isEqualTo(Duration.ofSeconds(2));
            assertThat(component.getConfiguration().getBaseUrl()).isEqualTo(video.simulator().baseUrl("toapis"));
            assertThat(video.properties()).containsEntry("camel.component.grokvideo.poll-interval", "70ms");
        }
    }

    @Test
    void mistakesAreErrors() throws Exception {
        assertThatThrownBy(() -> GrokVideoExtension.builder().renderTime(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        try (GrokVideoExtension video = GrokVideoExtension.builder().provider("xia").build()) {
            assertThatThrownBy(video::simulator).isInstanceOf(NoSuchElementException.class).hasMessageContaining("xia");
        }
        try (GrokVideoExtension video = GrokVideoExtension.builder().option("pollInterwal", "1s").build();
                CamelContext context = new DefaultCamelContext()) {
            assertThatThrownBy(() -> video.configure(context)).isInstanceOf(PropertyBindingException.class)
                    .hasMessageContaining("poll-interwal");
        }
    }

    @Test
    void thePropertiesAreThoseOfAnApplication() {
        try (GrokVideoExtension video = GrokVideoExtension.create()) {
            Map<String, Object> registered = new LinkedHashMap<>();

            video.register((name, value) -> registered.put(name, value.get()));

            assertThat(registered).isEqualTo(video.properties());
            assertThat(registered).containsEntry("camel.component.grokvideo.provider", "xai")
                    .containsEntry("camel.component.grokvideo.base-url", video.simulator().baseUrl("xai"))
                    .containsEntry("camel.component.grokvideo.api-key", video.simulator().apiKey("xai"))
                    .containsEntry("camel.component.grokvideo.job-store", "memory");
            assertThat(Path.of(video.properties().get("camel.component.grokvideo.work-directory"))).isDirectory();
        }
    }

    @Test
    void startsAgainAtTheSameAddress() throws Exception {
        try (GrokVideoExtension video = GrokVideoExtension.create()) {
            Map<String, String> properties = video.properties();
            Path directory = Path.of(properties.get("camel.component.grokvideo.work-directory"));
            Files.createDirectories(directory.resolve("a/b"));
            Files.writeString(directory.resolve("a/b/c.mp4.part"), "part");

            video.close();

            assertThat(directory).doesNotExist();
            assertThat(video.properties()).isEqualTo(properties);
            assertThat(directory).isEmptyDirectory();
        }
    }
}
