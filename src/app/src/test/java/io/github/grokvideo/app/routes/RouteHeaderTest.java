// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The comment on top of a route file says what the file needs: all of it, and nothing else. */
class RouteHeaderTest {

    /** A line below "# Properties": name, two spaces or more, description with the default in brackets at its end. */
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^#   ([A-Za-z][\\w.-]*)  +(\\S.*)$");
    private static final Pattern USED = Pattern.compile("\\{\\{\\??([A-Za-z][\\w.-]*)(?::([^}]*))?}}");

    private static final Set<String> TEMPLATE_PARAMETERS = Set.of("customer");
    /** The description of an API is long. */
    private static final Map<String, Integer> LONGER = Map.of("csv-batch.camel.yaml", 120, "rest-api.camel.yaml", 200);

    static Stream<Path> routes() throws IOException {
        return Files.list(RouteRig.ROOT.resolve("routes")).filter(file -> file.toString().endsWith(".yaml")).sorted();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyPropertyIsDescribedAndEveryDescribedOneIsRead(Path file) throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (Matcher line = DOCUMENTED.matcher(properties(header(file))); line.find();) {
            documented.put(line.group(1), line.group(2));
        }
        Map<String, String> used = new TreeMap<>();
        for (Matcher property = USED.matcher(body(file)); property.find();) {
            if (TEMPLATE_PARAMETERS.contains(property.group(1))) {
                continue;
            }
            String previous = used.put(property.group(1), property.group(2) == null ? "" : property.group(2));
            assertThat(previous == null ? used.get(property.group(1)) : previous)
                    .as("one default of " + property.group(1)).isEqualTo(used.get(property.group(1)));
        }

        assertThat(documented.keySet()).as("properties in the comment on top of " + file).isEqualTo(used.keySet());
        used.forEach((name, value) -> assertThat(value.isEmpty() || documented.get(name).endsWith("(" + value + ")"))
                .as("the description of " + name + " ends with its default (" + value + "): " + documented.get(name)).isTrue());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void itSaysHowToTryIt(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".camel.yaml", "");
        assertThat(header(file)).contains("# Needs: camel-grokvideo", "# Try it: mvn -q -DskipTests package exec:java");
        if (!name.equals("file-to-file") && !name.equals("image-to-video")) {
            assertThat(header(file)).containsPattern("--routes=" + name + "\\b");
        }
    }

    /** An example must be short enough to be read completely. */
    @ParameterizedTest
    @MethodSource("routes")
    void itIsShort(Path file) throws IOException {
        int most = LONGER.getOrDefault(file.getFileName().toString(), 80);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines.size()).as("lines of " + file).isLessThanOrEqualTo(most);
        assertThat(lines.stream().filter(line -> line.length() > 140)).as("long lines of " + file).isEmpty();
    }

    private static String header(Path file) throws IOException {
        return Files.readAllLines(file).stream().takeWhile(line -> line.startsWith("#")).collect(Collectors.joining("\n"));
    }

    private static String body(Path file) throws IOException {
        return Files.readAllLines(file).stream().dropWhile(line -> line.startsWith("#"))
                .filter(line -> !line.strip().startsWith("#")).collect(Collectors.joining("\n"));
    }

    private static String properties(String header) {
        int from = header.indexOf("# Properties\n");
        int to = header.indexOf("# Needs: ");
        return from < 0 || to < from ? "" : header.substring(from, to);
    }
}
