// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.util.Set;
import java.util.function.Consumer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Shows warnings of the log on the screen, each as one line. The log file has all of it. */
final class ConsoleLog extends AbstractAppender implements AutoCloseable {

    /** The lines of the prompts already report what these warn of. */
    private static final Set<String> REPORTED = Set.of(
            "org.apache.camel.component.file.GenericFileOnCompletion",
            "org.apache.camel.impl.engine.DefaultShutdownStrategy",
            "org.apache.camel.impl.engine.DefaultInflightRepository");
    /** They warn that jobs are lost when the JVM ends, which does not matter where jobs cost nothing. */
    private static final Set<String> OF_MONEY = Set.of(
            "io.github.grokvideo.component.camel.GrokVideoComponent",
            "io.github.grokvideo.component.engine.run.DefaultVideoEngine");

    private final Consumer<String> screen;
    private final boolean simulated;

    private ConsoleLog(Consumer<String> screen, boolean simulated) {
        super("screen", null, null, true, Property.EMPTY_ARRAY);
        this.screen = screen;
        this.simulated = simulated;
    }

    static ConsoleLog begin(Consumer<String> screen, boolean simulated) {
        ConsoleLog log = new ConsoleLog(screen, simulated);
        log.start();
        LoggerContext context = LoggerContext.getContext(false);
        context.getConfiguration().getRootLogger().addAppender(log, Level.WARN, null);
        context.updateLoggers();
        return log;
    }

    @Override
    public void append(LogEvent event) {
        if (REPORTED.contains(event.getLoggerName()) || simulated && OF_MONEY.contains(event.getLoggerName())) {
            return;
        }
        String cause = event.getThrown() == null || event.getThrown().getMessage() == null
                || event.getMessage().getFormattedMessage().contains(event.getThrown().getMessage())
                ? "" : ": " + event.getThrown().getMessage();
        screen.accept(event.getLevel() + " " + PlainText.of(event.getMessage().getFormattedMessage() + cause));
    }

    @Override
    public void close() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        context.getConfiguration().getRootLogger().removeAppender(getName());
        context.updateLoggers();
        stop();
    }
}
