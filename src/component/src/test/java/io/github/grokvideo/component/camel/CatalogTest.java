// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.engine.WebhookResult;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Mode;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;

/** What tools read about the component is there, and what our documents write is true. */
class CatalogTest {

    private static final String JSON = "META-INF/io/github/grokvideo/component/camel/grokvideo.json";
    private static final Pattern URI =
            Pattern.compile("grokvideo:(?:generate|submit|await|status|cancel|list|balance|validate|notify|completed)[^\\s\"'`<>)|,]*");
    private static final Pattern YAML = Pattern.compile(
            "^( *)(?:- )?uri: *[\"']?(grokvideo:[a-z]+[^\\s\"']*)[\"']?\\s*\\n\\1(?:  )?parameters:\\s*\\n((?:\\1(?:  )?  +.*\\n?)+)",
            Pattern.MULTILINE);

    static String json() throws IOException {
        try (InputStream in = CatalogTest.class.getClassLoader().getResourceAsStream(JSON)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static DefaultCamelCatalog catalog() throws IOException {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("grokvideo", GrokVideoComponent.class.getName(), json());
        return catalog;
    }

    private static Path repository() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.exists(path.resolve("LICENSE"))) {
            path = path.getParent();
        }
        return path;
    }

    @Test
    void theConfigurersAreOnTheClassPath() throws Exception {
        Class.forName("io.github.grokvideo.component.camel.GrokVideoEndpointConfigurer");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GrokVideoComponent component = new GrokVideoComponent();
            PropertyConfigurer configurer = PluginHelper.getConfigurerResolver(context)
                    .resolvePropertyConfigurer("grokvideo-component-configurer", context);

            assertThat(configurer.configure(context, component, "waitTimeout", "2s", true)).isTrue();
            assertThat(configurer.configure(context, component, "keepKeys", "31d", true)).isTrue();
            assertThat(configurer.configure(context, component, "onFailedKey", "resubmit", true)).isTrue();
            assertThat(component.getConfiguration().getWaitTimeout()).hasSeconds(2);
            assertThat(component.getKeepKeys()).hasDays(31);
            assertThat(component.getConfiguration().getOnFailedKey().name()).isEqualTo("RESUBMIT");
        }
    }

    @Test
    void everyOptionAndHeaderIsDescribedAndTheKeyIsSecret() throws Exception {
        JsonNode model = new ObjectMapper().readTree(json());

        assertThat(model.at("/component/async").asBoolean()).isTrue();
        assertThat(model.at("/component/title").asText()).isEqualTo("Grok Video");
        assertThat(model.at("/properties/apiKey/secret").asBoolean()).isTrue();
        assertThat(model.at("/componentProperties/apiKey/secret").asBoolean()).isTrue();
        for (String part : List.of("properties", "componentProperties", "headers")) {
            for (Map.Entry<String, JsonNode> one : model.get(part).properties()) {
                assertThat(one.getValue().path("description").asText()).as(one.getKey()).isNotBlank();
            }
        }
        assertThat(model.get("headers")).hasSize(GrokVideoConstants.class.getFields().length - 1);
    }

    @Test
    void headersWithAFixedSetOfValuesListThem() throws Exception {
        List<String> modes = Stream.of(Mode.values()).map(Mode::value).toList();
        Map<String, List<String>> listed = new TreeMap<>();
        for (Map.Entry<String, JsonNode> header : new ObjectMapper().readTree(json()).get("headers").properties()) {
            if (header.getValue().has("enum")) {
                listed.put(header.getKey(), new ObjectMapper().convertValue(header.getValue().get("enum"), new TypeReference<>() { }));
            }
        }

        assertThat(listed).containsExactlyInAnyOrderEntriesOf(Map.of(
                GrokVideoConstants.MODE, Stream.concat(Stream.of("auto"), modes.stream()).toList(),
                GrokVideoConstants.JOB_MODE, modes,
                GrokVideoConstants.WEBHOOK,
                Stream.of(WebhookResult.Outcome.values()).map(outcome -> outcome.name().toLowerCase(Locale.ROOT)).toList(),
                GrokVideoConstants.STATUS, Stream.of(JobState.values()).map(Enum::name).toList(),
                GrokVideoConstants.ERROR_TYPE, Stream.of(ErrorType.values()).map(Enum::name).toList(),
                GrokVideoConstants.ERROR_CHARGED,
                Stream.of(Charged.values()).map(charged -> charged.name().toLowerCase(Locale.ROOT)).toList()));
    }

    @Test
    void theCatalogFindsMistakes() throws Exception {
        assertThat(catalog().validateEndpointProperties("grokvideo:generate?duration=6&waitTimeout=2s&additionalFields.x=1")
                .isSuccess()).isTrue();
        for (String wrong : List.of("grokvideo:generate?duratoin=6", "grokvideo:generate?waitTimeout=soon",
                "grokvideo:generate?output=tape", "grokvideo:generate?duration=long", "grokvideo:render")) {
            assertThat(catalog().validateEndpointProperties(wrong).isSuccess()).as(wrong).isFalse();
        }
    }

    @Test
    void anOptionOfTheOtherSideIsAMistakeForTheCatalogAndAtTheStart() throws Exception {
        assertThat(catalog().validateEndpointProperties("grokvideo:completed?duration=6", false, true, false).isSuccess()).isFalse();
        assertThat(catalog().validateEndpointProperties("grokvideo:generate?status=FAILED", false, false, true).isSuccess()).isFalse();

        for (Map.Entry<String, JsonNode> option : new ObjectMapper().readTree(json()).get("properties").properties()) {
            if (option.getValue().get("kind").asText().equals("parameter") && !option.getKey().equals("exchangePattern")) {
                Set<String> labels = Set.of(option.getValue().path("label").asText().split(","));
                Set<String> name = Set.of(option.getKey());
                assertThat(accepts(GrokVideoOperation.completed, name)).as("%s in from", name).isEqualTo(!labels.contains("producer"));
                assertThat(accepts(GrokVideoOperation.generate, name)).as("%s in to", name).isEqualTo(!labels.contains("consumer"));
            }
        }
    }

    private static boolean accepts(GrokVideoOperation operation, Set<String> names) {
        try {
            OptionSides.check(operation, names);
            return true;
        } catch (ResolveEndpointFailedException wrongSide) {
            return false;
        }
    }

    @Test
    void everyUriInTheRepositoryIsValid() throws Exception {
        List<String> uris = new ArrayList<>();
        try (Stream<Path> files = Stream.concat(Stream.of(repository().resolve("README.md")), Stream.of("routes", "examples",
                "src/component/src/main/docs", "src/app/src/main").map(repository()::resolve).filter(Files::exists)
                .flatMap(CatalogTest::below))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> path.toString().matches(".*\\.(md|adoc|ya?ml|java|xml|properties)")).toList()) {
                uris.addAll(uris(Files.readString(file)));
            }
        }
        assertThat(uris).isNotEmpty();
        DefaultCamelCatalog catalog = catalog();
        for (String uri : uris) {
            boolean consumer = uri.startsWith("grokvideo:completed");
            EndpointValidationResult result = catalog.validateEndpointProperties(uri, false, consumer, !consumer);
            assertThat(result.isSuccess()).as(uri + "\n" + result.summaryErrorMessage(false)).isTrue();
        }
    }

    @Test
    void urisAreFoundInEveryForm() {
        assertThat(uris("to(\"grokvideo:generate?duration=6\")")).containsExactly("grokvideo:generate?duration=6");
        assertThat(uris("    - to:\n        uri: grokvideo:generate\n        parameters:\n          duration: 6\n          mode: edit\n"))
                .contains("grokvideo:generate?duration=6&mode=edit");
    }

    private static List<String> uris(String text) {
        List<String> uris = new ArrayList<>();
        Matcher yaml = YAML.matcher(text);
        while (yaml.find()) {
            String query = yaml.group(3).lines().map(String::strip).filter(line -> line.matches("[\\w.]+:.+"))
                    .map(line -> line.replaceFirst(":\\s*", "=").replaceAll("[\"']", ""))
                    .reduce((a, b) -> a + "&" + b).orElse("");
            uris.add(yaml.group(2) + "?" + query);
        }
        Matcher plain = URI.matcher(text);
        while (plain.find()) {
            uris.add(plain.group().replaceAll("[.;:]+$", "").replace("&amp;", "&"));
        }
        return uris;
    }

    private static Stream<Path> below(Path directory) {
        try {
            return Files.walk(directory);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
