// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/**
 * The tables of options and headers in the docs are generated from the catalog. Fails when they are stale;
 * {@code -Dgrokvideo.docs.update=true} updates them.
 */
class DocsTablesTest {

    private static final Path OPTIONS_PAGE = Path.of("src/main/docs/grokvideo-component.adoc");
    private static final Path HEADERS_PAGE = Path.of("src/main/docs/grokvideo-operations.adoc");

    @Test
    void theTablesAreCurrent() throws Exception {
        JsonNode model = new ObjectMapper().readTree(CatalogTest.json());
        Map<String, String> options = new LinkedHashMap<>();
        options.put("endpoint options", options(model.get("properties"), null));
        options.put("component options", options(model.get("componentProperties"), model.get("properties")));
        checkOrUpdate(OPTIONS_PAGE, options);
        checkOrUpdate(HEADERS_PAGE, Map.of("headers", headers(model.get("headers"))));
    }

    private static void checkOrUpdate(Path file, Map<String, String> tables) throws IOException {
        String page = Files.readString(file);
        String current = page;
        for (Map.Entry<String, String> table : tables.entrySet()) {
            current = replaced(current, table.getKey(), table.getValue());
        }
        if (Boolean.getBoolean("grokvideo.docs.update")) {
            Files.writeString(file, current);
            return;
        }
        assertThat(page).as(file + ": run the tests once with -Dgrokvideo.docs.update=true").isEqualTo(current);
    }

    private static String replaced(String page, String name, String table) {
        String begin = "// begin generated: " + name + "\n";
        String end = "// end generated: " + name + "\n";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        assertThat(from).as("marker " + begin.strip()).isNotNegative();
        assertThat(to).as("marker " + end.strip()).isGreaterThan(from);
        return page.substring(0, from + begin.length()) + table + page.substring(to);
    }

    /** @param listed options that have been listed before; null = none */
    private static String options(JsonNode options, JsonNode listed) {
        List<String> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> option : options.properties()) {
            JsonNode facts = option.getValue();
            if (listed != null && listed.has(option.getKey())) {
                continue;
            }
            String name = option.getKey().equals("additionalFields") ? "additionalFields.*" : option.getKey();
            rows.add("| `" + name + "` | " + facts.path("group").asText() + " | " + type(facts) + " | " + value(facts) + " | "
                    + cell(facts.path("description").asText()));
        }
        return "[cols=\"2,1,2,1,6\",options=\"header\"]\n|===\n| Name | Group | Type | Default | Description\n\n"
                + String.join("\n\n", rows) + "\n|===\n";
    }

    private static String headers(JsonNode headers) {
        List<String> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            JsonNode facts = header.getValue();
            rows.add("| `" + header.getKey() + "` | " + facts.path("group").asText() + " | "
                    + (facts.has("enum") ? type(facts) : javaType(facts)) + " | "
                    + cell(facts.path("description").asText()));
        }
        return "[cols=\"3,1,1,6\",options=\"header\"]\n|===\n| Name | Group | Type | Description\n\n" + String.join("\n\n", rows)
                + "\n|===\n";
    }

    private static String type(JsonNode facts) {
        if (facts.has("enum")) {
            List<String> values = new ArrayList<>();
            facts.get("enum").forEach(value -> values.add("`" + value.asText() + "`"));
            return String.join(", ", values);
        }
        String type = facts.path("type").asText();
        return (type.equals("object") ? javaType(facts) : type)
                + (facts.path("secret").asBoolean() ? ", secret" : "");
    }

    private static String javaType(JsonNode facts) {
        return facts.path("javaType").asText().replaceAll("<.*", "").replaceAll(".*\\.", "");
    }

    private static String value(JsonNode facts) {
        return facts.has("defaultValue") ? "`+" + facts.get("defaultValue").asText() + "+`" : "";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "&#42;");
    }
}
