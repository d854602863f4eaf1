// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.component.provider.VideoProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The page about gateways of users shows what is there. */
class OwnGatewayPageTest {

    private static final Path DOCS = Path.of("../component/src/main/docs");

    private static String page() throws IOException {
        return Files.readString(DOCS.resolve("grokvideo-own-gateway.adoc"));
    }

    @ParameterizedTest
    @CsvSource({"java, java/example/PromptGateway.java, public class", "java, java/example/PromptGatewayTest.java, class Prompt",
            "json, resources/example/prompts/polls.json, ["})
    void theExampleIsWhatIsTested(String language, String file, String begin) throws IOException {
        String tested = Files.readString(Path.of("src/test").resolve(file));

        assertThat(page()).as("copy src/test/" + file + " from \"" + begin + "\" on")
                .contains("[source," + language + "]\n----\n" + tested.substring(tested.indexOf(begin)) + "----\n");
    }

    @ParameterizedTest
    @CsvSource({"grokvideo-own-gateway.adoc, == Statuses, After any other", "grokvideo-gateways.adoc, === Submits, All other statuses"})
    void theStatusesThatProveThatThereIsNoJob(String file, String begin, String end) throws IOException {
        String page = Files.readString(DOCS.resolve(file));
        String table = page.substring(page.indexOf(begin), page.indexOf(end));

        Set<Integer> listed = Pattern.compile("(?m)^\\| (\\d{3}(?:, \\d{3})*) \\|").matcher(table).results()
                .flatMap(row -> Stream.of(row.group(1).split(", "))).map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).containsExactlyInAnyOrderElementsOf(VideoProviderContract.STATUSES_WITHOUT_JOB);
    }

    @ParameterizedTest
    @EnumSource(CaseKind.class)
    void everyCaseFileWithItsProperties(CaseKind kind) throws IOException {
        String page = page().substring(page().indexOf("=== Case files"));

        assertThat(page).contains("| `" + kind.file() + "`" + (kind.isRequired() ? " (required) |" : " |"));
        kind.properties().stream().filter(property -> !property.equals("name")).forEach(
                property -> assertThat(page).contains("`" + property + "`"));
    }

    @Test
    void everyMethod() throws IOException {
        Set<String> page = Pattern.compile("`(\\w+)(?:\\([^`]*\\))?`").matcher(page()).results().map((MatchResult name) -> name.group(1))
                .collect(Collectors.toSet());

        for (Class<?> type : Set.of(VideoProviderContract.class, VideoProvider.class)) {
            for (Method method : type.getDeclaredMethods()) {
                boolean mentioned = Set.of("provider", "cases", "defaultBaseUrl", "defaultModel", "cancelled", "uploaded", "lookedUp",
                        "balanceUnsupported").contains(method.getName());
                if (!mentioned && !method.isSynthetic() && !Modifier.isPrivate(method.getModifiers())) {
                    assertThat(page).contains(method.getName());
                }
            }
        }
    }
}
