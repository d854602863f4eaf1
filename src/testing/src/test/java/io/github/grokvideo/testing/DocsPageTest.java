// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import io.github.grokvideo.simulator.fault.Fault;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about tests shows what is there. */
class DocsPageTest {

    private static final Path PAGE = Path.of("../component/src/main/docs/grokvideo-testing.adoc");
    private static final Path EXAMPLE = Path.of("src/test/java/io/github/grokvideo/testing/PromptRouteTest.java");

    @Test
    void theExampleIsATestOfThisModule() throws IOException {
        String test = Files.readString(EXAMPLE);

        assertThat(Files.readString(PAGE)).as(PAGE + ": copy the class in " + EXAMPLE)
                .contains("[source,java]\n----\n" + test.substring(test.indexOf("class PromptRouteTest")) + "----\n");
    }

    @Test
    void everyMethodIsNamed() throws IOException {
        String page = Files.readString(PAGE);
        for (Class<?> type : List.of(GrokVideoExtension.class, GrokVideoExtensionBuilder.class)) {
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && !method.getName().startsWith("before")) {
                    assertThat(page).containsPattern("\\b" + method.getName() + "\\(");
                }
            }
        }
    }

    /** The rows of the table of faults: name, and what a route sees. */
    static List<Arguments> faults() throws IOException {
        return Pattern.compile("(?m)^\\| `((?:submit|poll|download|job|reset)-[a-z0-9-]+)` \\| (.*)$")
                .matcher(Files.readString(PAGE)).results().map(row -> Arguments.of(row.group(1), row.group(2))).toList();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultDoesWhatThePageSays(String fault, String seen) throws Exception {
        try (GrokVideoExtension video = GrokVideoExtension.builder().renderTime(Duration.ofMillis(50)).build();
                CamelContext context = new DefaultCamelContext()) {
            video.configure(context);
            context.start();
            video.faults().add(Fault.of(fault).with("retry-after", 0));

            Exception failure = context.createFluentProducerTemplate().to("grokvideo:generate").withBody("A red kite").send()
                    .getException();

            Matcher exception = Pattern.compile("`(\\w+Exception)`").matcher(seen);
            assertThat(failure == null ? "A delay" : failure.getClass().getSimpleName())
                    .isEqualTo(exception.find() ? exception.group(1) : seen.substring(0, seen.indexOf(':')));
            assertThat(video.faults().pending()).isEmpty();
            assertThat(video.jobs()).hasSize(seen.contains("Nothing was charged") ? 0 : 1);
        }
    }
}
