// SPDX-License-Identifier: Apache-2.0
package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.grokvideo.testing.GrokVideoExtension;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.devtools.restart.classloader.ClassLoaderFileRepository;
import org.springframework.boot.devtools.restart.classloader.RestartClassLoader;
import org.springframework.context.ConfigurableApplicationContext;

/** Devtools closes the application and starts it again in the same JVM, its own classes in a new class loader. */
class RestartTest {

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.create();

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "file:{{jobs}}"})
    void nothingOfTheFirstRunIsInTheWayOfTheSecond(String jobStore) throws Exception {
        Set<Thread> before = threads();

        for (int run = 1; run <= 3; run++) {
            try (ConfigurableApplicationContext application = start(jobStore)) {
                application.getBean(ProducerTemplate.class).requestBody("grokvideo:generate?jobKey=fox&directory={{videos}}", "A fox");
            }
            await().pollInSameThread().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
        }

        video.assertPaidOnce();
    }

    private ConfigurableApplicationContext start(String jobStore) throws Exception {
        URL own = Videos.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader restarted = new RestartClassLoader(getClass().getClassLoader(), new URL[] {own}, ClassLoaderFileRepository.NONE);
        ClassLoader tests = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(restarted);
        try {
            SpringApplication application = new SpringApplication(restarted.loadClass(Videos.class.getName()));
            Map<String, String> options = new HashMap<>(video.properties());
            options.put("camel.component.grokvideo.job-store", jobStore);
            options.put("spring.datasource.url", "jdbc:h2:file:" + dir.resolve("data/videos") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
            options.put("jobs", dir.resolve("jobs").toString());
            options.put("videos", dir.resolve("videos").toString());
            // The threads that carry virtual threads stay, and belong to Java.
            options.put("spring.threads.virtual.enabled", "false");
            options.put("server.port", "0");
            return application.run(options.entrySet().stream().map(option -> "--" + option.getKey() + "=" + option.getValue())
                    .toArray(String[]::new));
        } finally {
            Thread.currentThread().setContextClassLoader(tests);
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).collect(Collectors.toSet());
    }
}
