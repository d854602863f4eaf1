// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.rules.ModelRules;
import io.github.grokvideo.component.provider.rules.RuleBook;
import io.github.grokvideo.component.provider.rules.RuledProvider;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that belongs to a gateway or a model is there. A failure says what to add, and where. */
class GatewayChecklistTest {

    private static final Path ROOT = root();
    private static final String CASES = "src/testing/src/test/resources/gateways/";
    private static final List<CaseKind> CASE_FILES = List.of(CaseKind.REQUESTS, CaseKind.VIOLATIONS, CaseKind.SUBMITS, CaseKind.POLLS,
            CaseKind.ESTIMATES, CaseKind.FORMS);
    private static final List<String> TABLES = List.of(
            "README.md", "src/component/src/main/docs/grokvideo-gateways.adoc", "src/simulator/README.md");
    /** A list of gateways on one line, in code, documentation or a Kamelet. */
    private static final Pattern LIST = Pattern.compile("\\bxai\\b.{1,12}\\btoapis\\b.{1,12}\\breapi\\b");
    private static final Set<String> TEXT_FILES = Set.of("java", "json", "yaml", "adoc", "md");
    /** In the name of a case whose model has no rules on purpose. */
    private static final String UNKNOWN_MODEL = "does not know";

    @ParameterizedTest
    @MethodSource("io.github.grokvideo.component.provider.VideoProviders#all")
    void aGatewayHasAllItsParts(VideoProvider provider) throws Exception {
        assertThat(missing(provider)).as("missing parts of the gateway " + provider.name()
                + "; .github/CONTRIBUTING.md, \"Add a gateway\", describes them").isEmpty();
    }

    @Test
    void aGatewayWithoutAnyPartGetsTheWholeList() throws Exception {
        VideoProvider provider = (VideoProvider) Proxy.newProxyInstance(VideoProvider.class.getClassLoader(),
                new Class<?>[] {VideoProvider.class}, (proxy, method, arguments) -> "newcomer");

        String all = String.join("\n", missing(provider));

        assertThat(all).contains(CASE_FILES.stream().map(CaseKind::file).toList()).contains(TABLES)
                .contains("gateway/Gateways.java", "MODELS in GatewayContractsTest", "a nested class",
                "AccountConfiguration.java", "grok-video-generate-action.kamelet.yaml");
    }

    @ParameterizedTest
    @MethodSource("io.github.grokvideo.component.provider.VideoProviders#all")
    void aModelHasRulesAndCases(VideoProvider provider) throws Exception {
        String name = provider.name();
        List<ModelRules> rules = rules(provider);
        Set<String> known = rules.stream().flatMap(model -> model.ids().stream()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).as("rules of the default model of %s: add them to the rule book in provider/%s, or name another default",
                name, name).contains(provider.defaultModel());
        Set<String> used = new TreeSet<>(Set.of(provider.defaultModel()));
        for (Case one : GatewayContractsTest.of(name).of(CaseKind.REQUESTS)) {
            JsonNode model = one.get("request").path("model");
            if (model.isTextual() && !one.name().contains(UNKNOWN_MODEL)) {
                used.add(model.asText());
            }
        }
        assertThat(known).as("models in %s%s/requests.json without rules: add rules for them in provider/%s, or write \"%s\" into"
                + " the name of the case", CASES, name, name, UNKNOWN_MODEL).containsAll(used);
        assertThat(rules).as("models of %s without a case: add one to %s%s/requests.json for each", name, CASES, name)
                .allMatch(model -> model.ids().stream().anyMatch(used::contains));
        assertThat(rules).as("models of %s that GatewayContractsTest does not try: add them to its MODELS", name)
                .allMatch(model -> model.ids().stream().anyMatch(GatewayContractsTest.MODELS.get(name)::contains));
    }

    private static List<String> missing(VideoProvider provider) throws IOException {
        String name = provider.name();
        List<String> missing = new ArrayList<>();
        for (CaseKind kind : CASE_FILES) {
            if (GatewayContractsTest.of(name).of(kind).isEmpty()) {
                missing.add("add cases in " + CASES + name + "/" + kind.file() + ", as the other gateways have them");
            }
        }
        if (!GatewayContractsTest.MODELS.containsKey(name)) {
            missing.add("add its models to MODELS in GatewayContractsTest");
        }
        if (Stream.of(GatewayContractsTest.class.getDeclaredClasses()).noneMatch(type -> type.getSimpleName().equalsIgnoreCase(name))) {
            missing.add("add a nested class named like the gateway to GatewayContractsTest");
        }
        if (!simulated().contains(name)) {
            missing.add("add a gateway with the id " + name + " to the simulator and list it in"
                    + " src/simulator/src/main/java/io/github/grokvideo/simulator/gateway/Gateways.java");
        }
        for (String table : TABLES) {
            if (Files.readAllLines(ROOT.resolve(table)).stream()
                    .noneMatch(line -> line.startsWith("| ") && line.contains("| `" + name + "` |"))) {
                missing.add("add a row with `" + name + "` to the table of gateways in " + table);
            }
        }
        for (Path file : sources()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (LIST.matcher(lines.get(i)).find() && !Pattern.compile("\\b" + name + "\\b").matcher(lines.get(i)).find()) {
                    missing.add("add " + name + " to the list of gateways in " + ROOT.relativize(file) + ", line " + (i + 1));
                }
            }
        }
        return missing;
    }

    private static List<String> simulated() {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().port(0).start()) {
            return simulator.gateways();
        }
    }

    /** Main sources and generated files of all modules, and the READMEs. */
    private static List<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("src/simulator/README.md")));
        try (Stream<Path> modules = Files.list(ROOT.resolve("src"))) {
            for (Path module : modules.filter(Files::isDirectory).sorted().toList()) {
                for (String folder : List.of("src/main/java", "src/main/resources", "src/main/docs", "src/generated/resources")) {
                    if (Files.isDirectory(module.resolve(folder))) {
                        files.addAll(textFiles(module.resolve(folder)));
                    }
                }
            }
        }
        return files;
    }

    private static List<Path> textFiles(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> TEXT_FILES.contains(file.toString().substring(file.toString().lastIndexOf('.') + 1)))
                    .sorted().toList();
        }
    }

    /** They are private: only this test needs to list them. */
    private static List<ModelRules> rules(VideoProvider provider) throws ReflectiveOperationException {
        RuleBook book = (RuleBook) value(RuledProvider.class, "rules", provider);
        List<ModelRules> rules = new ArrayList<>();
        for (Object model : (List<?>) value(RuleBook.class, "models", book)) {
            rules.add((ModelRules) model);
        }
        return rules;
    }

    private static Object value(Class<?> type, String name, Object owner) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("routes"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
