// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Media;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Which samples the gateway cannot make. Asks the component, as it is configured, and sends nothing. */
final class SampleCheck {

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {
    };
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** @param folder of the samples */
    SampleCheck(Path folder) {
        this.folder = folder;
    }

    /**
     * @param  names of samples, relative to their folder
     * @return       those that break a rule of the gateway, with what is wrong, on one line
     */
    Map<String, String> unfit(CamelContext context, List<String> names) throws IOException {
        Map<String, String> unfit = new LinkedHashMap<>();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            for (String name : names) {
                Map<String, Object> request = request(folder.resolve(name));
                Exchange answer = template.send("grokvideo:validate", exchange -> exchange.getMessage().setBody(request));
                InvalidRequestException invalid = answer.getException(InvalidRequestException.class);
                if (invalid != null) {
                    unfit.put(name, PlainText.of(reasons(invalid.getViolations())));
                }
            }
        }
        return unfit;
    }

    /** A problem that several images share is reported for the first. */
    private static String reasons(List<Violation> violations) {
        Map<String, Violation> first = new LinkedHashMap<>();
        violations.forEach(violation -> first.putIfAbsent(violation.field() + violation.allowed(), violation));
        return first.values().stream().map(Violation::toString).collect(Collectors.joining("; "));
    }

    /** What the routes make of a sample. */
    private static Map<String, Object> request(Path sample) throws IOException {
        if (isPrompt(sample)) {
            return fields(sample);
        }
        Path json = SampleCopier.withExtension(sample, "json");
        Map<String, Object> fields = fields(Files.exists(json) ? json : SampleCopier.withExtension(sample, "txt"));
        fields.put("images", List.of(sample.toFile()));
        return fields;
    }

    private static boolean isPrompt(Path sample) {
        return sample.toString().endsWith(".json") || sample.toString().endsWith(".txt");
    }

    private static Map<String, Object> fields(Path prompt) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (prompt.toString().endsWith(".txt")) {
            fields.put("prompt", Files.readString(prompt));
            return fields;
        }
        fields.putAll(JSON.readValue(prompt.toFile(), FIELDS));
        fields.computeIfPresent("images", (field, images) -> images instanceof Collection<?> many
                ? many.stream().map(image -> beside(prompt, image)).toList() : beside(prompt, images));
        fields.computeIfPresent("video", (field, video) -> beside(prompt, video));
        return fields;
    }

    private static Object beside(Path prompt, Object media) {
        return media instanceof String text && Media.of(text) instanceof Media.LocalFile file
                ? prompt.resolveSibling(file.path()).toFile() : media;
    }
}
