// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/** The case files below {@code gateways/<provider>/}. */
final class CaseFiles {

    private static final ObjectMapper JSON = JsonMapper.builder().enable(JsonParser.Feature.ALLOW_COMMENTS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

    private CaseFiles() {
    }

    interface Check {
        void run(VideoProvider provider, JsonNode one);
    }

    /** @return a container for each gateway that has such a file, a test for each case in it */
    static Stream<DynamicContainer> of(String file, Check check) {
        return VideoProviders.all().stream().map(provider -> DynamicContainer.dynamicContainer(provider.name(),
                cases(provider.name(), file).stream().map(one -> DynamicTest.dynamicTest(
                        one.required("name").asText(), () -> check.run(provider, one)))));
    }

    static List<JsonNode> cases(String provider, String file) {
        try (InputStream in = CaseFiles.class.getResourceAsStream("/gateways/" + provider + "/" + file + ".json")) {
            List<JsonNode> cases = new ArrayList<>();
            if (in != null) {
                JSON.readTree(in).forEach(cases::add);
            }
            return cases;
        } catch (IOException e) {
            throw new IllegalStateException(provider + "/" + file + ".json", e);
        }
    }

    static HttpAnswer answer(JsonNode one) {
        Map<String, String> headers = new HashMap<>();
        one.path("headers").properties().forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        JsonNode body = one.path("body");
        return new HttpAnswer(one.path("status").asInt(200), headers,
                body.isMissingNode() ? "" : body.isTextual() ? body.asText() : body.toString());
    }

    static JsonNode json(Object value) {
        try {
            return JSON.readTree(value.toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
