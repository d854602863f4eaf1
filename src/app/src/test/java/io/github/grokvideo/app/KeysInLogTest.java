// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program under Camel Main with everything of Camel and of the component at TRACE, and keys in all the places where they are given. */
class KeysInLogTest {

    private static final List<String> LOGGERS = List.of("org.apache.camel", "io.github.grokvideo", "org.apache.hc");

    private static final Map<String, String> KEYS = Map.of("camel.component.grokvideo.api-key", "sk-invalid-1-7f3a9c",
            "acme.apiKey", "sk-invalid-2-7f3a9c", "endpoint.apiKey", "sk-invalid-3-7f3a9c",
            "camel.beans.globex.apiKey", "sk-invalid-4-7f3a9c");

    @TempDir
    Path dir;

    private final GrokVideoSimulator simulator = GrokVideoSimulator.builder().port(0).start();
    private final Main main = new Main();
    private final Captured log = new Captured("raw");
    private final Captured masked = new Captured("seen");

    @BeforeEach
    void capture() {
        log.start();
        masked.start();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        Appender mask = KeyMask.of(Stream.of(KEYS, Map.of("user", "grokvideo"))).before(masked, context.getConfiguration());
        for (String name : LOGGERS) {
            LoggerConfig logger = new LoggerConfig(name, Level.TRACE, false);
            logger.addAppender(log, Level.TRACE, null);
            logger.addAppender(mask, Level.TRACE, null);
            context.getConfiguration().addLogger(name, logger);
        }
        context.updateLoggers();
    }

    @AfterEach
    void release() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        LOGGERS.forEach(context.getConfiguration()::removeLogger);
        context.updateLoggers();
        main.stop();
        simulator.close();
    }

    @Test
    void noKeyIsLogged() throws Exception {
        Path routes = Files.writeString(dir.resolve("keys.camel.yaml"), """
                - beans:
                    - name: acme
                      type: io.github.grokvideo.component.camel.GrokVideoAccount
                      properties:
                        provider: toapis
                        apiKey: "{{acme.apiKey}}"
                        baseUrl: "{{toapis}}"
                - route:
                    from:
                      uri: direct:start
                      steps:
                        - toD:
                            uri: grokvideo:validate
                            parameters:
                              apiKey: "{{endpoint.apiKey}}"
                        - to:
                            uri: grokvideo:balance?account=acme
                """);
        main.configure().withRoutesIncludePattern("file:" + routes);
        main.configure().setAutoConfigurationLogSummary(true);
        main.addInitialProperty("camel.main.startupSummaryLevel", "Verbose");
        main.addInitialProperty("camel.main.jmxEnabled", "false");
        main.addInitialProperty("camel.component.grokvideo.provider", "xai");
        KEYS.forEach(main::addInitialProperty);
        main.addInitialProperty("camel.component.grokvideo.workDirectory", dir.resolve("work").toString());
        main.addInitialProperty("camel.component.grokvideo.baseUrl", simulator.baseUrl("xai"));
        main.addInitialProperty("toapis", simulator.baseUrl("toapis"));
        main.addInitialProperty("camel.beans.globex", "#class:io.github.grokvideo.component.camel.GrokVideoAccount");
        main.addInitialProperty("camel.beans.globex.provider", "xai");
        main.start();
        Exchange refused = main.getCamelTemplate().send("direct:start", exchange -> exchange.getMessage().setBody("A fox"));
        main.stop();

        assertThat(refused.getException()).hasMessageNotContaining("7f3a9c");
        assertThat(log.lines).as("it was listened to").anyMatch(line -> line.startsWith("DEBUG org.apache.camel.main"));
        assertThat(withKeys(log).filter(line -> line.contains("io.github.grokvideo.component.") && !line.contains(" org.apache.")))
                .as("the component itself, unmasked").isEmpty();
        assertThat(withKeys(log).filter(line -> !line.startsWith("DEBUG ") && !line.startsWith("TRACE ")))
                .as("INFO and above, unmasked").isEmpty();
        assertThat(withKeys(log)).as("what is masked").anyMatch(line -> line.contains(" org.apache.camel.main."))
                .anyMatch(line -> line.contains(" org.apache.hc.client5.http.headers "));
        assertThat(withKeys(masked)).isEmpty();
        assertThat(masked.lines).hasSameSizeAs(log.lines).anyMatch(line -> line.contains("camel.component.grokvideo.apiKey=xxxxxx"));
    }

    @Test
    void aKeyInAStackTraceIsMasked() {
        KeyMask mask = KeyMask.of(Stream.of(Map.of("ACME_API_KEY", "sk-12345678", "token", "short", "user", "somebody")));
        Log4jLogEvent event = Log4jLogEvent.newBuilder().setLevel(Level.WARN).setMessage(new SimpleMessage("somebody has a short one"))
                .setThrown(new IllegalStateException("outer", new IllegalArgumentException("no such key: sk-12345678"))).build();

        LogEvent seen = mask.rewrite(event);
        assertThat(seen.getThrown()).isNull();
        assertThat(seen.getMessage().getFormattedMessage()).contains("somebody has a short one", "no such key: xxxxxx", "KeysInLogTest")
                .doesNotContain("12345678");
    }

    private static Stream<String> withKeys(Captured log) {
        return log.lines.stream().filter(line -> line.contains("7f3a9c"));
    }

    private static final class Captured extends AbstractAppender {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        private Captured(String name) {
            super(name, null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getMessage().getFormattedMessage()
                    + (event.getThrown() == null ? "" : " " + event.getThrown()));
        }
    }
}
