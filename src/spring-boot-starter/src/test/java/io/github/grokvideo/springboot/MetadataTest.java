// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import org.junit.jupiter.api.Test;

/**
 * What an IDE knows of the properties is generated from the component's catalog file. {@code -Dgrokvideo.docs.update=true} rewrites it
 * after an option was added or changed.
 */
class MetadataTest {

    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
    private static final String PREFIX = "camel.component.grokvideo.";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void itHasEveryOptionOfTheComponent() throws IOException {
        String expected = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(metadata()) + "\n";
        if (Boolean.getBoolean("grokvideo.docs.update")) {
            Files.writeString(FILE, expected);
        }
        assertThat(Files.readString(FILE)).as("run this test with -Dgrokvideo.docs.update=true and commit the file").isEqualTo(expected);
    }

    private static ObjectNode metadata() throws IOException {
        ObjectNode metadata = MAPPER.createObjectNode();
        metadata.putArray("groups").addObject().put("name", "camel.component.grokvideo")
                .put("type", GrokVideoComponent.class.getName()).put("sourceType", GrokVideoComponent.class.getName());
        ArrayNode properties = metadata.putArray("properties");
        ArrayNode hints = metadata.putArray("hints");
        properties.addObject().put("name", PREFIX + "enabled").put("type", "java.lang.Boolean")
                .put("description", "Whether the properties below camel.component.grokvideo are set on the component.")
                .put("defaultValue", true);
        for (Map.Entry<String, JsonNode> option : catalog().get("componentProperties").properties()) {
            // The component has each option of its configuration as an option of its own.
            if (!option.getKey().equals("configuration")) {
                add(properties, hints, dashed(option.getKey()), option.getValue());
            }
        }
        for (String name : new String[] {"memory", "jdbc", "file:data/jobs"}) {
            hint(hints, "job-store").addObject().put("value", name);
        }
        return metadata;
    }

    private static void add(ArrayNode properties, ArrayNode hints, String name, JsonNode option) {
        ObjectNode property = properties.addObject().put("name", PREFIX + name).put("type", type(option))
                .put("sourceType", GrokVideoComponent.class.getName())
                .put("description", option.get("description").asText());
        if (option.has("defaultValue") && !option.get("defaultValue").asText().contains("${")) {
            property.set("defaultValue", option.get("defaultValue"));
        }
        for (JsonNode value : option.path("enum")) {
            hint(hints, name).addObject().put("value", value.asText());
        }
    }

    private static ArrayNode hint(ArrayNode hints, String name) {
        for (JsonNode hint : hints) {
            if (hint.get("name").asText().equals(PREFIX + name)) {
                return (ArrayNode) hint.get("values");
            }
        }
        return hints.addObject().put("name", PREFIX + name).putArray("values");
    }

    private static String type(JsonNode option) {
        String type = option.get("javaType").asText();
        return switch (type) {
            case "boolean" -> Boolean.class.getName();
            case "int" -> Integer.class.getName();
            case "long" -> Long.class.getName();
            case "java.lang.Object" -> String.class.getName();
            default -> option.has("enum") ? String.class.getName() : type.replace(" ", "");
        };
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static JsonNode catalog() throws IOException {
        try (InputStream in = GrokVideoComponent.class.getResourceAsStream(
                "/META-INF/io/github/grokvideo/component/camel/grokvideo.json")) {
            return MAPPER.readTree(in);
        }
    }
}
