// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What all loggers write while it is open, as far as their levels let it. */
public final class LogRecorder implements AutoCloseable {

    private final List<LogEvent> events = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LogManager.getRootLogger();
    private final AbstractAppender appender = new AbstractAppender("recorder", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            events.add(event.toImmutable());
        }
    };

    public LogRecorder() {
        appender.start();
        root.addAppender(appender);
    }

    /** @return the messages of this level or a graver one, in order */
    public List<String> atLeast(Level level) {
        return events.stream().filter(event -> event.getLevel().isMoreSpecificThan(level))
                .map(event -> event.getMessage().getFormattedMessage()).toList();
    }

    /** @return what was logged with a stack trace */
    public List<Throwable> throwables() {
        return events.stream().map(LogEvent::getThrown).filter(thrown -> thrown != null).toList();
    }

    @Override
    public void close() {
        root.removeAppender(appender);
        appender.stop();
    }
}
