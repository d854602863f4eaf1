// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Kamelets by the schemas of Camel and by the rules of its Kamelet catalog. */
class KameletFilesTest {

    private static final String PREFIX = "camel.apache.org/";
    private static final String ICON = "data:image/svg+xml;base64,";
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "\\{\\{[?]?([A-Za-z0-9-._]+)(?::[^}]*)?}}|\\$\\{properties:([A-Za-z0-9-._]+)");

    static List<String> names() {
        return Kamelets.names();
    }

    @Test
    void thereAreFour() {
        assertThat(names()).containsExactly("grok-video-completed-source", "grok-video-generate-action", "grok-video-status-action",
                "grok-video-submit-action");
        assertThat(names()).extracting(name -> Kamelets.read(name).at("/spec/definition/title").asText()).doesNotHaveDuplicates();
        assertThat(names()).extracting(name -> Kamelets.read(name).at("/spec/definition/description").asText()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theNameTheTypeAndTheAnnotationsAreThoseOfTheFile(String name) throws Exception {
        JsonNode kamelet = Kamelets.read(name);
        JsonNode annotations = kamelet.at("/metadata/annotations");
        String type = kamelet.at("/metadata/labels").path(PREFIX + "kamelet.type").asText();

        assertThat(kamelet.path("kind").asText()).isEqualTo("Kamelet");
        assertThat(kamelet.at("/metadata/name").asText()).isEqualTo(name);
        assertThat(type).isIn("source", "sink", "action");
        assertThat(name).endsWith("-" + type);
        assertThat(kamelet.at("/spec/definition/title").asText())
                .endsWith(" " + type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1));
        assertThat(annotations.path(PREFIX + "provider").asText()).isEqualTo("camel-grokvideo");
        assertThat(annotations.path(PREFIX + "kamelet.group").asText()).isEqualTo("Grok Video");
        assertThat(annotations.path(PREFIX + "kamelet.namespace").asText()).isNotBlank();
        assertThat(annotations.path(PREFIX + "kamelet.support.level").asText()).isIn("Preview", "Stable");
        assertThat(annotations.path(PREFIX + "catalog.version").asText()).isEqualTo(new DefaultCamelCatalog().getCatalogVersion());
        String icon = annotations.path(PREFIX + "kamelet.icon").asText();
        assertThat(icon).startsWith(ICON);
        byte[] svg = Base64.getDecoder().decode(icon.substring(ICON.length()));
        assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg))
                .getDocumentElement().getTagName()).isEqualTo("svg");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theDependencyIsThisVersion(String name) throws Exception {
        String pom = Files.readString(Kamelets.REPOSITORY.resolve("pom.xml"));
        Matcher version = Pattern.compile("<artifactId>grokvideo-parent</artifactId>\\s*<version>([^<]+)<").matcher(pom);
        assertThat(version.find()).isTrue();

        assertThat(Kamelets.read(name).at("/spec/dependencies")).extracting(JsonNode::asText)
                .containsExactly("camel:core", "camel:kamelet", "mvn:io.github.grokvideo:camel-grokvideo:" + version.group(1));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPropertyIsDescribedDeclaredAndUsed(String name) {
        JsonNode kamelet = Kamelets.read(name);
        Set<String> declared = new TreeSet<>();
        for (Map.Entry<String, JsonNode> property : kamelet.at("/spec/definition/properties").properties()) {
            JsonNode value = property.getValue();
            declared.add(property.getKey());
            assertThat(value.path("type").asText()).as(property.getKey()).isIn("string", "integer", "boolean");
            assertThat(value.path("description").asText()).as(property.getKey()).isNotBlank();
            assertThat(value.path("title").asText().split(" ")).as(property.getKey()).isNotEmpty()
                    .allMatch(word -> Character.isUpperCase(word.charAt(0)))
                    .doesNotContain("The", "A", "An");
            if (property.getKey().toLowerCase(Locale.ROOT).contains("key")) {
                assertThat(value.path("format").asText()).isEqualTo("password");
                assertThat(value.path("x-descriptors")).extracting(JsonNode::asText).containsExactly("urn:camel:group:credentials");
            }
        }
        kamelet.at("/spec/template/beans").forEach(bean -> declared.add(bean.path("name").asText()));

        Set<String> used = new TreeSet<>();
        Matcher placeholder = PLACEHOLDER.matcher(kamelet.at("/spec/template").toString());
        while (placeholder.find()) {
            used.add(placeholder.group(1) == null ? placeholder.group(2) : placeholder.group(1));
        }
        assertThat(used).isEqualTo(declared);
    }

    /** A secret in a parameter would be a part of a URI. */
    @ParameterizedTest
    @MethodSource("names")
    void noSecretIsAParameterOfAnEndpoint(String name) {
        JsonNode kamelet = Kamelets.read(name);
        Set<String> secrets = new TreeSet<>();
        kamelet.at("/spec/definition/properties").properties().stream()
                .filter(property -> property.getValue().path("format").asText().equals("password"))
                .forEach(property -> secrets.add(property.getKey()));

        for (JsonNode parameters : kamelet.path("spec").path("template").findValues("parameters")) {
            for (String secret : secrets) {
                assertThat(parameters.toString()).doesNotContain("{{" + secret + "}}").doesNotContain("{{?" + secret + "}}");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theParametersAreOptionsOfTheComponent(String name) throws Exception {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("grokvideo", GrokVideoComponent.class.getName(), Files.readString(Kamelets.REPOSITORY.resolve(
                "src/component/src/generated/resources/META-INF/io/github/grokvideo/component/camel/grokvideo.json")));
        List<String> uris = new ArrayList<>();
        for (JsonNode endpoint : Kamelets.read(name).path("spec").path("template").findParents("uri")) {
            String uri = endpoint.path("uri").asText();
            if (uri.startsWith("grokvideo:")) {
                uris.add(endpoint.path("parameters").properties().stream()
                        .map(one -> one.getKey() + "=" + one.getValue().asText()).reduce((a, b) -> a + "&" + b)
                        .map(query -> uri + "?" + query).orElse(uri));
            }
        }
        assertThat(uris).isNotEmpty();
        for (String uri : uris) {
            EndpointValidationResult result = catalog.validateEndpointProperties(uri);
            assertThat(result.isSuccess()).as(uri + "\n" + result.summaryErrorMessage(false)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void itIsAKameletOfKubernetes(String name) {
        JsonNode version = Kamelets.resource("camel.apache.org_kamelets.yaml").at("/spec/versions/0");
        assertThat(version.path("name").asText()).isEqualTo("v1");
        JsonNode schema = strict(version.at("/schema/openAPIV3Schema").deepCopy());

        assertThat(schema(SpecVersion.VersionFlag.V7, schema).validate(Kamelets.read(name))).isEmpty();
        ObjectNode misspelt = Kamelets.read(name).deepCopy();
        ((ObjectNode) misspelt.path("spec")).put("dependancies", "x");
        assertThat(schema(SpecVersion.VersionFlag.V7, schema).validate(misspelt)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theTemplateIsYamlDsl(String name) {
        ObjectNode template = Kamelets.read(name).at("/spec/template").deepCopy();
        template.put("id", name);
        ArrayNode dsl = JsonNodeFactory.instance.arrayNode();
        dsl.addObject().set("routeTemplate", template);

        assertThat(yamlDsl().validate(dsl)).isEmpty();
        ((ObjectNode) template.path("from")).put("stepps", "x");
        assertThat(yamlDsl().validate(dsl)).isNotEmpty();
    }

    @Test
    void theExamplesAreYamlDslAndUseEveryKamelet() throws IOException {
        List<Path> routes;
        try (Stream<Path> files = Files.list(Kamelets.REPOSITORY.resolve("examples/kamelets"))) {
            routes = files.filter(file -> file.toString().endsWith(".camel.yaml")).toList();
        }
        StringBuilder all = new StringBuilder();
        for (Path route : routes) {
            String text = Files.readString(route);
            assertThat(text).as(route.toString()).startsWith("# ").contains("# Properties: ", "# Needs: ", "# Try it");
            assertThat(yamlDsl().validate(Kamelets.YAML.readTree(text))).as(route.toString()).isEmpty();
            all.append(text);
        }
        names().forEach(name -> assertThat(all).contains("kamelet:" + name));
    }

    private static JsonSchema yamlDsl() {
        return schema(SpecVersion.VersionFlag.V4, Kamelets.resource("schema/camelYamlDsl.json"));
    }

    private static JsonSchema schema(SpecVersion.VersionFlag version, JsonNode schema) {
        return JsonSchemaFactory.getInstance(version).getSchema(schema);
    }

    /** Kubernetes drops what a schema does not name; here it is an error. */
    private static JsonNode strict(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.path("properties").isObject() && !object.has("additionalProperties")
                    && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
                object.put("additionalProperties", false);
            }
            object.properties().forEach(child -> strict(child.getValue()));
        } else if (schema.isArray()) {
            schema.forEach(KameletFilesTest::strict);
        }
        return schema;
    }
}
