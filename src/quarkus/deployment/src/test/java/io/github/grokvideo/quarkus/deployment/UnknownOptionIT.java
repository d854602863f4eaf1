// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.logging.LogRecord;
import io.quarkus.test.QuarkusUnitTest;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnknownOptionIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> application.addClasses(Videos.class))
            .overrideConfigKey("quarkus.datasource.devservices.enabled", "false")
            .overrideConfigKey("camel.component.grokvideo.provider", "xai")
            .overrideConfigKey("camel.component.grokvideo.api-kee", "sk-typo")
            .overrideConfigKey("%test.camel.component.grokvideo.pole-interval", "1s")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(log -> assertThat(log).noneMatch(line -> text(line).contains("sk-typo")))
            .assertException(failure -> assertThat(failure)
                    .hasStackTraceContaining("Unknown options [camel.component.grokvideo.api-kee, camel.component.grokvideo.pole-interval]")
                    .extracting(UnknownOptionIT::text).asString().doesNotContain("sk-typo"));

    private static String text(LogRecord line) {
        return line.getMessage() + Arrays.toString(line.getParameters()) + (line.getThrown() == null ? "" : text(line.getThrown()));
    }

    private static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    public static class Videos extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:videos").to("grokvideo:generate");
        }
    }

    @Test
    void theApplicationDoesNotStart() {
        Assertions.fail("It started");
    }
}
