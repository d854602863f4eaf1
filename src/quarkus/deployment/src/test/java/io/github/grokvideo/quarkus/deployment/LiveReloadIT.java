// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import io.github.grokvideo.testing.GrokVideoExtension;
import io.quarkus.test.QuarkusDevModeTest;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dev mode: the application starts again in the same JVM after each change, on the files of the one before. */
class LiveReloadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Threads of the component, of its job store and of its HTTP clients. */
    private static final Predicate<String> OURS = Pattern.compile("GrokVideo|H2 |MVStore|db-scheduler|idle-connection").asPredicate();

    private static final Path DIR = directory();

    @RegisterExtension
    @Order(1)
    static final GrokVideoExtension VIDEO = GrokVideoExtension.create();

    @RegisterExtension
    @Order(2)
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(application -> application.addClasses(ReloadedRoute.class)
                    .addAsResource(new StringAsset(properties()), "application.properties"));

    private static Path directory() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "reload");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String properties() {
        Map<String, String> properties = new TreeMap<>(VIDEO.properties());
        properties.put("camel.component.grokvideo.job-store", "file:" + DIR.resolve("jobs"));
        properties.put("made", DIR.resolve("made").toString());
        properties.put("quarkus.datasource.devservices.enabled", "false");
        properties.put("quarkus.http.port", "0");
        return properties.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).collect(Collectors.joining("\n"));
    }

    @Test
    void aChangedRouteStartsAgainOnTheSameJobsWithoutThreadsOfTheOldOne() {
        awaitMade("one");
        Set<Thread> first = threads();
        assertThat(first).isNotEmpty();

        change("one", "two");
        awaitMade("two");
        awaitEnded(first);
        Set<Thread> second = threads();

        change("two", "three");
        awaitMade("three");
        awaitEnded(second);
        VIDEO.assertPaid(3);
    }

    private static void change(String from, String to) {
        APPLICATION.modifySourceFile(ReloadedRoute.class, source -> source.replace('"' + from + '"', '"' + to + '"'));
    }

    private static void awaitMade(String name) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(DIR.resolve("made").resolve(name + ".mp4")).isNotEmptyFile());
    }

    private static void awaitEnded(Set<Thread> threads) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads.stream().filter(Thread::isAlive)).isEmpty());
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> OURS.test(thread.getName())).collect(Collectors.toSet());
    }
}
