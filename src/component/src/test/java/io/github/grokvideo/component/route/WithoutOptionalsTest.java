// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics, traces, health checks, JMX, consoles and the endpoint DSL are optional: videos are made without any of them. */
class WithoutOptionalsTest {

    private static final Pattern OPTIONAL = Pattern.compile(
            "micrometer|prometheus|opentelemetry|camel-telemetry|camel-health|camel-management-4|camel-console|camel-endpointdsl|log4j");

    @TempDir
    Path directory;

    @Test
    void aVideoIsMadeWithoutAnyOfThem() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        try (URLClassLoader loader = without()) {
            thread.setContextClassLoader(loader);
            Class<?> alone = loader.loadClass(WithoutOptionalsTest.class.getName());
            assertThat(alone.getClassLoader()).isSameAs(loader);

            Method generate = alone.getDeclaredMethod("generate", String.class);
            generate.setAccessible(true);
            assertThat(generate.invoke(null, directory.toString()))
                    .isEqualTo("DOWNLOADED, without metrics, without traces, without health, without endpoint DSL");
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    /** Runs where the optional artifacts are absent. */
    static String generate(String work) throws Exception {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().port(0).renderTime(Duration.ofMillis(200)).start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
            component.getConfiguration().setProvider("xai");
            component.getConfiguration().setBaseUrl(simulator.baseUrl("xai"));
            component.getConfiguration().setApiKey(simulator.apiKey("xai"));
            component.getConfiguration().setPollInterval(Duration.ofMillis(50));
            component.setWorkDirectory(work);
            context.start();
            Exchange done = context.createFluentProducerTemplate().to("grokvideo:generate").withBody("a lighthouse").send();
            return done.getMessage().getHeader("CamelGrokVideoStatus") + ", "
                    + absent("metrics", "io.micrometer.core.instrument.MeterRegistry")
                    + ", " + absent("traces", "io.opentelemetry.api.trace.Span")
                    + ", " + absent("health", "org.apache.camel.impl.health.AbstractHealthCheck")
                    + ", " + absent("endpoint DSL", "org.apache.camel.builder.endpoint.EndpointRouteBuilder");
        }
    }

    private static String absent(String what, String className) {
        try {
            Class.forName(className);
            return "with " + what;
        } catch (ClassNotFoundException absent) {
            return "without " + what;
        }
    }

    private static URLClassLoader without() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)) {
            if (!OPTIONAL.matcher(new File(entry).getName()).find()) {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
