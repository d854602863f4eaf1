// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.rewrite.RewriteAppender;
import org.apache.logging.log4j.core.appender.rewrite.RewritePolicy;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;

/**
 * Keeps keys out of the log by their value, whoever logs them: at DEBUG Camel Main prints the properties it sets, Camel's properties
 * component what it resolves, and the HTTP client the headers it sends.
 */
final class KeyMask implements RewritePolicy {

    private static final Pattern NAME = Pattern.compile("(?i).*(key|secret|password|passwd|token|credentials?)");
    /** Shorter values are words, which would make the log illegible. */
    private static final int SHORTEST = 8;
    private static final String MASKED = "xxxxxx";
    private static final String WIRE = "org.apache.hc.client5.http.wire";
    /** Sixteen bytes as text and in hex, as the asynchronous HTTP client logs them: a key is cut into pieces that no value matches. */
    private static final Pattern HEX_DUMP = Pattern.compile("(?s).*\\s[0-9a-f]{2}( [0-9a-f]{2}){0,15}\\s*");

    private final List<String> keys;

    private KeyMask(Collection<String> keys) {
        // A key that begins like another one must not leave the rest of it.
        this.keys = keys.stream().distinct().sorted(Comparator.comparing(String::length).reversed()).toList();
    }

    /** @param settings names and values, of which those with names like {@code apiKey} and {@code ACME_PASSWORD} count */
    static KeyMask of(Stream<? extends Map<?, ?>> settings) {
        return new KeyMask(settings.flatMap(all -> all.entrySet().stream())
                .filter(one -> NAME.matcher(String.valueOf(one.getKey())).matches())
                .map(one -> String.valueOf(one.getValue()).strip())
                .filter(value -> value.length() >= SHORTEST && !value.contains("{{")).toList());
    }

    /** From now on the appenders of the root logger get masked events. */
    void begin() {
        LoggerContext context = LoggerContext.getContext(false);
        LoggerConfig root = context.getConfiguration().getRootLogger();
        for (Appender appender : List.copyOf(root.getAppenders().values())) {
            root.removeAppender(appender.getName());
            root.addAppender(before(appender, context.getConfiguration()), null, null);
        }
        context.updateLoggers();
    }

    Appender before(Appender appender, Configuration configuration) {
        configuration.addAppender(appender);
        RewriteAppender masked = RewriteAppender.createAppender("masked-" + appender.getName(), "true",
                new AppenderRef[] {AppenderRef.createAppenderRef(appender.getName(), null, null)}, configuration, this, null);
        masked.start();
        return masked;
    }

    @Override
    public LogEvent rewrite(LogEvent event) {
        String message = event.getMessage().getFormattedMessage();
        if (WIRE.equals(event.getLoggerName()) && HEX_DUMP.matcher(message).matches()) {
            return new Log4jLogEvent.Builder(event).setMessage(new SimpleMessage("bytes that may be of a key: " + MASKED)).build();
        }
        String trace = trace(event.getThrown());
        boolean inMessage = keys.stream().anyMatch(message::contains);
        boolean inTrace = keys.stream().anyMatch(trace::contains);
        if (!inMessage && !inTrace) {
            return event;
        }
        Log4jLogEvent.Builder masked = new Log4jLogEvent.Builder(event);
        if (inTrace) {
            masked.setThrown(null);
            message += System.lineSeparator() + trace;
        }
        return masked.setMessage(new SimpleMessage(masked(message))).build();
    }

    private String masked(String text) {
        String masked = text;
        for (String key : keys) {
            masked = masked.replace(key, MASKED);
        }
        return masked;
    }

    private static String trace(Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
