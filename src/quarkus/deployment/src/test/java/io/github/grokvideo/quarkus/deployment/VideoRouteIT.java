// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.sql.DataSource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.error.AuthenticationException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTestResource(value = SimulatedGateway.class, restrictToAnnotatedClass = true)
class VideoRouteIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> application.addClasses(Videos.class, SimulatedGateway.class))
            .overrideConfigKey("quarkus.datasource.db-kind", "h2")
            .overrideConfigKey("quarkus.datasource.devservices.enabled", "false")
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("camel.component.grokvideo.keep-keys", "40d");

    @Inject
    CamelContext camel;
    @Inject
    ProducerTemplate producer;
    @Inject
    DataSource database;
    @Inject
    SmallRyeHealthReporter health;
    @Inject
    MeterRegistry meters;

    public static class Videos extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:videos").to("grokvideo:generate?duration=6&directory={{outbox}}");
        }
    }

    /** @return what the simulator answers */
    private JsonNode simulator(String method, String path, String body) throws Exception {
        URI gateway = URI.create(camel.resolvePropertyPlaceholders("{{camel.component.grokvideo.base-url}}"));
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(gateway.resolve("/simulator/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void aPromptBecomesAVideoAndARefusedKeyEndsTheReadinessOnly() throws Exception {
        File file = producer.requestBody("direct:videos", "A fox runs through fresh snow", File.class);

        assertThat(simulator("GET", "jobs", "")).hasSize(1);
        assertThat(file).isFile();
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT state FROM grokvideo_job")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("DELIVERED");
        }
        assertThat(meters.find("grokvideo.jobs.ended").meters()).isNotEmpty();

        assertThat(health.getReadiness().getPayload().toString()).contains("Grok Video").contains("grokvideo-gateways");
        assertThat(health.getReadiness().isDown()).isFalse();

        simulator("POST", "faults", "{\"fault\": \"submit-401\"}");
        assertThatThrownBy(() -> producer.requestBody("direct:videos", "A fox at night"))
                .hasRootCauseInstanceOf(AuthenticationException.class);

        assertThat(health.getReadiness().isDown()).isTrue();
        assertThat(health.getReadiness().getPayload().toString()).contains("check its key");
        assertThat(health.getLiveness().isDown()).isFalse();
    }

    @Test
    void propertiesOfTheApplicationAreOptions() {
        GrokVideoComponent component = camel.getComponent("grokvideo", GrokVideoComponent.class);
        assertThat(component.getKeepKeys()).hasDays(40);
    }
}
