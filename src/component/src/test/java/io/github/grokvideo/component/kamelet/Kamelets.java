// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.kamelet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** The Kamelets as they are in the jar. */
final class Kamelets {

    static final Path REPOSITORY = repository();
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Kamelets() {
    }

    /** The names, by the files there are. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(REPOSITORY.resolve("src/component/src/main/resources/kamelets"))) {
            return files.map(file -> file.getFileName().toString().replace(".kamelet.yaml", "")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(String name) {
        return resource("kamelets/" + name + ".kamelet.yaml");
    }

    /** A YAML or JSON file of the class path. */
    static JsonNode resource(String path) {
        try (InputStream in = Kamelets.class.getClassLoader().getResourceAsStream(path)) {
            return YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path repository() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.exists(path.resolve("LICENSE"))) {
            path = path.getParent();
        }
        return path;
    }
}
