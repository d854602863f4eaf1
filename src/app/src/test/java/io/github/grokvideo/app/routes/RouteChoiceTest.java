// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.app.UsageException;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteChoiceTest {

    @TempDir
    Path routes;

    @Test
    void anUnknownRouteIsAUsageErrorThatListsWhatThereIs() throws Exception {
        Files.writeString(routes.resolve("b.camel.yaml"), "");
        Files.writeString(routes.resolve("a.camel.yaml"), "");

        assertThat(RouteChoice.parse("b").files(routes)).extracting(RouteFile::name).containsExactly("b");
        assertThatThrownBy(() -> RouteChoice.parse("a,c").files(routes)).isInstanceOf(UsageException.class)
                .hasMessage("--routes knows no route 'c': there are a, b");
        assertThatThrownBy(() -> RouteChoice.DEFAULT.files(routes.resolve("none"))).isInstanceOf(UsageException.class)
                .hasMessageContaining("start the app in the folder that holds routes/");
    }

    @Test
    void aServerThatIsNeitherStartedNorConfiguredIsNamedWithItsOption() throws Exception {
        RouteFile route = route("- to:\n    uri: jms:queue:a\n- to:\n    uri: \"aws2-s3:{{bucket:videos}}\"\n");

        assertThatThrownBy(() -> check(route, "", Map.of(), Map.of())).isInstanceOf(UsageException.class)
                .hasMessageContaining("The route r needs s3: start one with --with=s3");
        assertThatThrownBy(() -> check(route, "s3", Map.of(), Map.of())).hasMessageContaining("needs artemis")
                .hasMessageContaining("--with=artemis");
        assertThatCode(() -> check(route, "s3,artemis", Map.of(), Map.of())).doesNotThrowAnyException();
        assertThatCode(() -> check(route, "artemis", Map.of("camel.component.aws2-s3.access-key", "x"), Map.of()))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(route, "artemis", Map.of(), Map.of("CAMEL_COMPONENT_AWS2_S3_REGION", "x"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- to: \"aws2-s3:{{bucket:videos}}\"", "- toD: aws2-s3:x", "- to: { uri: 'aws2-s3:x' }", "uri: aws2-s3"})
    void anEndpointMayBeWrittenOnOneLine(String step) {
        assertThatThrownBy(() -> check(route(step + "\n"), "", Map.of(), Map.of())).hasMessageContaining("The route r needs s3");
    }

    @Test
    void aMissingPropertyIsNamedUnlessItIsAnAccountOfTheSimulatorOrATemplatesParameter() throws Exception {
        RouteFile route = route("# {{comment}}\n- a: \"{{one.apiKey}} {{with:default}} {{?optional}}\"\n"
                + "  p:\n    - name: customer\n      value: x\n  q: [{ name: other, value: y }]\n- b: \"{{customer}} {{other}}\"\n");

        assertThatCode(() -> new RouteSetup(List.of(route), ServerChoice.NONE, true).check(false, Map.of(), Map.of(), Map.of()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new RouteSetup(List.of(route), ServerChoice.NONE, false).check(false, Map.of(), Map.of(), Map.of()))
                .isInstanceOf(UsageException.class).hasMessageContaining("The route r needs the property one.apiKey");
    }

    @Test
    void whatAStartedServerTellsIsNotMissing() throws Exception {
        RouteFile route = route("- to:\n    uri: smtp://{{smtp}}\n- setBody:\n    constant: \"{{mailTo}}\"\n");

        assertThatCode(() -> check(route, "mail", Map.of(), Map.of())).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(route, "", Map.of("smtp", "localhost:25"), Map.of()))
                .hasMessageContaining("The route r needs the property mailTo");
    }

    @Test
    void aRouteThatPublishesMediaShowsItAtAGatewayThatTakesUrls() {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().port(0).start()) {
            assertThat(accounts(route("# mediaPublisher: no\n- to: {}"), simulator)).isEmpty();
            assertThat(accounts(route("      mediaPublisher: direct:publish\n"), simulator))
                    .containsEntry("camel.component.grokvideo.provider", "reapi")
                    .containsEntry("camel.component.grokvideo.apiKey", simulator.apiKey("reapi"))
                    .containsEntry("camel.component.grokvideo.baseUrl", simulator.baseUrl("reapi"));
            assertThat(accounts(route("{ mode: x, mediaPublisher: \"direct:publish\" }\n"), simulator)).isNotEmpty();
            assertThat(accounts(route("      mediaPublisher: direct:publish\n"), null)).as("a gateway of the user's").isEmpty();
        }
    }

    @Test
    void onceIsForTheSamplePromptsOnly() throws Exception {
        RouteFile route = route("");

        assertThatThrownBy(() -> new RouteSetup(List.of(route), ServerChoice.NONE, true).check(true, Map.of(), Map.of(), Map.of()))
                .isInstanceOf(UsageException.class).hasMessageStartingWith("--once ends when");
    }

    private static Map<String, String> accounts(RouteFile route, GrokVideoSimulator simulator) {
        return new RouteSetup(List.of(route), ServerChoice.NONE, simulator != null).accounts(simulator);
    }

    private static RouteFile route(String text) {
        return new RouteFile("r", Path.of("routes/r.camel.yaml"), text);
    }

    private static void check(RouteFile route, String servers, Map<String, String> properties, Map<String, String> environment)
            throws UsageException {
        ServerChoice choice = servers.isEmpty() ? ServerChoice.NONE : ServerChoice.parse(servers);
        new RouteSetup(List.of(route), choice, true).check(false, properties, environment, Map.of());
    }
}
