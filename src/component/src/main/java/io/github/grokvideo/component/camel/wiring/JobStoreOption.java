// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.wiring;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import org.apache.camel.CamelContext;

/** Reads the option {@code jobStore}: a directory, a store, a DataSource or a keyword. */
public final class JobStoreOption {

    private static final String FILE = "file:";
    private static final String ALLOWED = "it takes file:<directory>, a JobStore, a javax.sql.DataSource, #name of such a bean, jdbc (the"
            + " only DataSource in the registry) or memory";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    private JobStoreOption() {
    }

    /**
     * A store opened for an engine.
     *
     * @param store   where jobs are kept
     * @param release closes what was opened for the engine; a user's own store stays open
     */
    public record Opened(JobStore store, Runnable release) {
    }

    /**
     * @param memory the store if none is configured
     * @throws IllegalArgumentException saying what the option accepts
     * @throws IllegalStateException if the database is unsuitable or in use
     */
    public static Opened open(CamelContext camelContext, Object option, boolean createSchema, JobStore memory) {
        Object value = option instanceof String text ? named(camelContext, text.strip()) : option;
        if (value == null) {
            return new Opened(memory, () -> { });
        }
        if (value instanceof JobStore own) {
            return new Opened(own, () -> { });
        }
        if (value instanceof DataSource dataSource) {
            JdbcJobStore store = JdbcJobStore.open(dataSource, createSchema);
            return new Opened(store, store::close);
        }
        if (value instanceof Path directory) {
            JdbcJobStore store = JdbcJobStore.open(directory, createSchema);
            return new Opened(store, store::close);
        }
        throw new IllegalArgumentException("jobStore is a " + value.getClass().getName() + ": " + ALLOWED);
    }

    /** @return null = memory */
    private static Object named(CamelContext camelContext, String text) {
        if (text.isEmpty() || text.equalsIgnoreCase("memory")) {
            return null;
        }
        if (text.equalsIgnoreCase("jdbc")) {
            return onlyDataSource(camelContext);
        }
        if (text.startsWith("#")) {
            String name = text.startsWith("#bean:") ? text.substring(6) : text.substring(1);
            Object bean = camelContext.getRegistry().lookupByName(name);
            if (bean == null) {
                throw new IllegalArgumentException("jobStore " + text + ": the registry has no bean with that name");
            }
            return bean;
        }
        if (text.startsWith(FILE)) {
            return directory(camelContext, text);
        }
        throw new IllegalArgumentException("jobStore '" + text + "': " + ALLOWED + (text.startsWith("classpath:")
                ? "; camel export has written classpath: for file: in application.properties, change it back" : ""));
    }

    /** A relative directory is resolved against the working directory. */
    private static Path directory(CamelContext camelContext, String text) {
        String name = VARIABLE.matcher(camelContext.resolvePropertyPlaceholders(text).substring(FILE.length()))
                .replaceAll(found -> Matcher.quoteReplacement(value(camelContext, found.group(1), text))).strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("jobStore '" + text + "' names no directory: file:data/jobs for example");
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("jobStore '" + text + "' does not name a directory: " + e.getMessage(), e);
        }
    }

    private static String value(CamelContext camelContext, String variable, String text) {
        return camelContext.getPropertiesComponent().resolveProperty(variable).or(() -> Optional.ofNullable(System.getProperty(variable)))
                .orElseThrow(() -> new IllegalArgumentException("jobStore '" + text + "': there is no property " + variable));
    }

    private static DataSource onlyDataSource(CamelContext camelContext) {
        Map<String, DataSource> all = camelContext.getRegistry().findByTypeWithName(DataSource.class);
        if (all.isEmpty()) {
            // The default DataSource of Quarkus has no name.
            Set<DataSource> unnamed = camelContext.getRegistry().findByType(DataSource.class);
            if (unnamed.size() == 1) {
                return unnamed.iterator().next();
            }
            throw new IllegalArgumentException("jobStore=jdbc: no javax.sql.DataSource is in the registry; add one as a bean");
        }
        if (all.size() > 1) {
            throw new IllegalArgumentException("jobStore=jdbc: there are several DataSources " + new TreeSet<>(all.keySet())
                    + "; name one as jobStore=#name");
        }
        return all.values().iterator().next();
    }
}
