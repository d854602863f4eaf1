// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import com.zaxxer.hikari.HikariDataSource;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.engine.VideoJobListener;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.PostgresServer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Measures the memory and the threads of one node whose jobs wait, with the default options, at a gateway in
 * another process that never finishes. Maven's own memory counts too, about 60 MiB:
 *
 * <pre>mvn -q -Pscale -pl src/simulator,src/component test-compile exec:java \
 *     -Dexec.mainClass=io.github.grokvideo.component.scale.WaitingMemory -Dexec.args="100000 memory"</pre>
 *
 * Arguments: jobs; {@code memory} or {@code postgres}; {@code generate} or {@code submit}; seconds between two queries of a job.
 */
public final class WaitingMemory {

    /** Submits at once: the exchanges come from a source, and not all at the same moment. */
    private static final int AT_ONCE = 200;
    /** The threads of the submits end after 30 s. */
    private static final Duration REST = Duration.ofSeconds(45);
    private static final double MIB = 1024.0 * 1024;

    private WaitingMemory() {
    }

    public static void main(String[] arguments) throws Exception {
        Configurator.setRootLevel(Level.WARN);
        Configurator.setLevel("io.github.grokvideo", Level.WARN);
        int jobs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        boolean postgres = arguments.length > 1 && arguments[1].equals("postgres");
        String operation = arguments.length > 2 ? arguments[2] : "generate";
        Duration interval = Duration.ofSeconds(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 300);
        Process gateway = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), PolledJobs.class.getName(), PolledJobs.GATEWAY, "100"))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Path directory = Files.createTempDirectory("grokvideo-memory");
        try {
            int port = Integer.parseInt(new BufferedReader(new InputStreamReader(gateway.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine());
            if (postgres) {
                try (PostgresServer server = PostgresServer.start(directory.resolve("data"))) {
                    server.create("scale");
                    PGSimpleDataSource database = new PGSimpleDataSource();
                    database.setUrl(PostgresServer.url(server.port(), "scale"));
                    try (HikariDataSource pool = PostgresServer.pool(database, 10)) {
                        run(jobs, pool, operation, interval, port, directory);
                    }
                }
            } else {
                run(jobs, null, operation, interval, port, directory);
            }
        } finally {
            gateway.destroy();
            PostgresJobs.delete(directory);
        }
    }

    private static void run(int jobs, Object store, String operation, Duration interval, int port, Path directory)
            throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
            component.setWorkDirectory(directory.resolve("work").toString());
            if (store != null) {
                component.setJobStore(store);
            }
            component.getConfiguration().setProvider("xai");
            component.getConfiguration().setBaseUrl("http://127.0.0.1:" + port + "/v1");
            component.getConfiguration().setApiKey("no-key");
            component.getConfiguration().setSubmitsPerSecond(0.0);
            component.getConfiguration().setMaxConcurrentJobs(0);
            component.getConfiguration().setPollInterval(interval);
            component.getConfiguration().setMaxPollInterval(interval);
            context.start();
            Semaphore room = new Semaphore(AT_ONCE);
            component.getEngine().addListener(new VideoJobListener() {
                @Override
                public void onJob(VideoJob before, VideoJob after) {
                    if (after.state() == JobState.ACCEPTED && before != null && before.state() == JobState.SUBMITTING) {
                        room.release();
                    }
                }
            });
            send(context, operation, jobs, room);
            measure(jobs, operation + ", " + (store == null ? "memory" : "PostgreSQL"));
        }
    }

    private static void send(DefaultCamelContext context, String operation, int jobs, Semaphore room) throws Exception {
        String options = operation.equals("generate") ? "?waitTimeout=10h" : "";
        AsyncProducer producer = context.getEndpoint("grokvideo:" + operation + options).createAsyncProducer();
        producer.start();
        for (int i = 0; i < jobs; i++) {
            room.acquire();
            Exchange exchange = new DefaultExchange(context, ExchangePattern.InOut);
            exchange.getMessage().setBody("a paper boat " + i);
            producer.process(exchange, done -> { });
        }
        room.acquire(AT_ONCE);
    }

    private static void measure(int jobs, String store) throws Exception {
        new CountDownLatch(1).await(REST.toMillis(), TimeUnit.MILLISECONDS);
        double resident = resident();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        System.gc();
        double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
        System.out.printf("%d waiting jobs, %s: %.0f MiB resident, %d threads; heap after a GC %.0f MiB, %.1f KiB a job%n", jobs, store,
                resident, threads, heap, heap * 1024 / jobs);
    }

    /** @return MiB; Linux only */
    private static double resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).findFirst().orElse(0) / 1024.0;
    }
}
