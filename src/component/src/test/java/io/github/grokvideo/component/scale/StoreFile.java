// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.scale;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Measures what an H2 file weighs after many prompts, and how long a stop takes that finds them waiting: exchanges in {@code generate}, at
 * a gateway that accepts at once and never finishes.
 *
 * <pre>mvn -q -Pscale -pl src/simulator,src/component test-compile exec:java \
 *     -Dexec.mainClass=io.github.grokvideo.component.scale.StoreFile -Dexec.args="10000 0 60 file"</pre>
 *
 * Arguments: prompts; jobs at once at the gateway, 0 = all; seconds to wait; {@code file} for {@code jobStore=file:...} or
 * {@code datasource} for a pool of one's own.
 */
public final class StoreFile {

    private final int prompts;
    private final int atOnce;
    private final int seconds;
    private final boolean dataSource;
    private final AtomicLong tasks = new AtomicLong();
    private final AtomicLong polls = new AtomicLong();

    private StoreFile(String[] arguments) {
        prompts = argument(arguments, 0, 10_000);
        atOnce = argument(arguments, 1, 0);
        seconds = argument(arguments, 2, 60);
        dataSource = arguments.length > 3 && arguments[3].equals("datasource");
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    public static void main(String[] arguments) throws Exception {
        // The tests' log shows every step.
        Configurator.setRootLevel(Level.WARN);
        Configurator.setLevel("io.github.grokvideo", Level.WARN);
        Path directory = Files.createTempDirectory("grokvideo-file");
        try {
            new StoreFile(arguments).run(directory);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run(Path directory) throws Exception {
        Vertx vertx = Vertx.vertx();
        JdbcConnectionPool pool = null;
        try {
            HttpServer gateway = vertx.createHttpServer().requestHandler(request -> {
                boolean submit = request.method().name().equals("POST");
                (submit ? tasks : polls).incrementAndGet();
                request.response().setStatusCode(submit ? 200 : 202).putHeader("Content-Type", "application/json")
                        .end(submit ? "{\"request_id\":\"task-" + tasks.get() + "\"}" : "{\"status\":\"pending\"}");
            }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
            DefaultCamelContext context = new DefaultCamelContext();
            GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
            if (dataSource) {
                pool = JdbcConnectionPool.create(
                        "jdbc:h2:file:" + directory.resolve("jobs") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", "", "");
                component.setJobStore(pool);
            } else {
                component.setJobStore("file:" + directory);
            }
            component.setWorkDirectory(directory.resolve("work").toString());
            component.getConfiguration().setProvider("xai");
            component.getConfiguration().setBaseUrl("http://127.0.0.1:" + gateway.actualPort() + "/v1");
            component.getConfiguration().setApiKey("no-key");
            component.getConfiguration().setSubmitsPerSecond(0.0);
            component.getConfiguration().setMaxConcurrentJobs(atOnce);
            component.getConfiguration().setPollInterval(Duration.ofSeconds(15));
            component.getConfiguration().setMaxPollInterval(Duration.ofSeconds(15));
            context.start();
            CountDownLatch ended = generate(context);
            Path file = directory.resolve("jobs.mv.db");
            measure(context, component, file, ended);
            if (pool != null) {
                pool.dispose();
            }
            System.out.printf("Rows rejected by the stop: %d%n", rejected(file));
        } finally {
            if (pool != null) {
                pool.dispose();
            }
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private CountDownLatch generate(DefaultCamelContext context) throws Exception {
        CountDownLatch ended = new CountDownLatch(prompts);
        AsyncProducer producer = context.getEndpoint("grokvideo:generate?waitTimeout=1h").createAsyncProducer();
        producer.start();
        String scene = "a paper boat on a river at dawn, slow camera, soft light, ".repeat(8);
        for (int i = 0; i < prompts; i++) {
            Exchange exchange = new DefaultExchange(context, ExchangePattern.InOut);
            exchange.getMessage().setBody(scene + i);
            producer.process(exchange, done -> ended.countDown());
        }
        return ended;
    }

    private void measure(DefaultCamelContext context, GrokVideoComponent component, Path file, CountDownLatch ended) throws Exception {
        int atGateway = atOnce == 0 ? prompts : Math.min(atOnce, prompts);
        long begun = System.nanoTime();
        while (tasks.get() < atGateway || component.getEngine().store().list(job -> true, prompts).size() < prompts) {
            pause(500);
        }
        System.out.printf("%d prompts, %d at the gateway, after %.0f s: file %.1f MB%n", prompts, atGateway,
                (System.nanoTime() - begun) / 1e9, Files.size(file) / 1e6);
        pause(seconds * 1000L);
        System.out.printf("%d s and %d status queries later: file %.1f MB%n", seconds, polls.get(), Files.size(file) / 1e6);
        long stop = System.nanoTime();
        context.stop();
        System.out.printf("Stop: %.1f s, %d exchanges still wait; file %.1f MB%n", (System.nanoTime() - stop) / 1e9, ended.getCount(),
                Files.size(file) / 1e6);
    }

    private static long rejected(Path file) {
        try (JdbcJobStore store = JdbcJobStore.open(
                JdbcConnectionPool.create("jdbc:h2:file:" + file.toString().replace(".mv.db", "") + ";WRITE_DELAY=0", "", ""), true)) {
            return store.list(job -> job.state() == JobState.REJECTED, Integer.MAX_VALUE).size();
        }
    }

    private static void pause(long millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
