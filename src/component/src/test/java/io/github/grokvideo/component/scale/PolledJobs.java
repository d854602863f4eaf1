// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.scale;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Measures how many status queries a second one node sends with the default options, and with how many threads: exchanges that wait in
 * {@code generate} for jobs that never finish, at a gateway in another process that delays each answer.
 *
 * <pre>mvn -q -Pscale -pl src/simulator,src/component test-compile exec:java \
 *     -Dexec.mainClass=io.github.grokvideo.component.scale.PolledJobs -Dexec.args="3000 1000 100 20"</pre>
 *
 * Arguments: jobs; milliseconds between two queries of a job; milliseconds until the gateway answers; seconds.
 */
public final class PolledJobs {

    /** First argument of the process that is the gateway; the second is its delay in milliseconds. */
    static final String GATEWAY = "gateway";
    /** The threads of the submits end after 30 s. */
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    private final int jobs;
    private final Duration interval;
    private final int delay;
    private final int seconds;

    private PolledJobs(String[] arguments) {
        jobs = argument(arguments, 0, 3000);
        interval = Duration.ofMillis(argument(arguments, 1, 1000));
        delay = argument(arguments, 2, 100);
        seconds = argument(arguments, 3, 20);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals(GATEWAY)) {
            gateway(Integer.parseInt(arguments[1]));
            return;
        }
        // The tests' log shows every step.
        Configurator.setRootLevel(Level.WARN);
        Configurator.setLevel("io.github.grokvideo", Level.WARN);
        Path directory = Files.createTempDirectory("grokvideo-polled");
        try {
            new PolledJobs(arguments).run(directory);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Ends when its standard input does. */
    private static void gateway(int delay) throws Exception {
        Vertx vertx = Vertx.vertx();
        AtomicLong tasks = new AtomicLong();
        AtomicLong polls = new AtomicLong();
        AtomicLong open = new AtomicLong();
        AtomicLong most = new AtomicLong();
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            if (request.path().equals("/count")) {
                request.response().end(polls.get() + " " + most.getAndSet(0));
            } else if (request.method().name().equals("POST")) {
                request.response().putHeader("Content-Type", "application/json")
                        .end("{\"request_id\":\"task-" + tasks.incrementAndGet() + "\"}");
            } else {
                most.accumulateAndGet(open.incrementAndGet(), Math::max);
                vertx.setTimer(delay, timer -> {
                    open.decrementAndGet();
                    polls.incrementAndGet();
                    request.response().setStatusCode(202).putHeader("Content-Type", "application/json").end("{\"status\":\"pending\"}");
                });
            }
        }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
        System.out.println(server.actualPort());
        while (System.in.read() >= 0) {
            // Until the other process ends.
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private void run(Path directory) throws Exception {
        Process gateway = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), PolledJobs.class.getName(), GATEWAY, String.valueOf(delay)))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            int port = Integer.parseInt(new BufferedReader(new InputStreamReader(gateway.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine());
            DefaultCamelContext context = new DefaultCamelContext();
            GrokVideoComponent component = context.getComponent("grokvideo", GrokVideoComponent.class);
            component.setWorkDirectory(directory.resolve("work").toString());
            component.getConfiguration().setProvider("xai");
            component.getConfiguration().setBaseUrl("http://127.0.0.1:" + port + "/v1");
            component.getConfiguration().setApiKey("no-key");
            component.getConfiguration().setSubmitsPerSecond(0.0);
            component.getConfiguration().setMaxConcurrentJobs(0);
            component.getConfiguration().setPollInterval(interval);
            component.getConfiguration().setMaxPollInterval(interval);
            context.start();
            generate(context);
            measure(component, gateway.toHandle(), port);
            context.stop();
        } finally {
            gateway.destroy();
        }
    }

    private void generate(DefaultCamelContext context) throws Exception {
        AsyncProducer producer = context.getEndpoint("grokvideo:generate?waitTimeout=1h").createAsyncProducer();
        producer.start();
        for (int i = 0; i < jobs; i++) {
            Exchange exchange = new DefaultExchange(context, ExchangePattern.InOut);
            exchange.getMessage().setBody("a paper boat " + i);
            producer.process(exchange, done -> { });
        }
    }

    private void measure(GrokVideoComponent component, ProcessHandle gateway, int port) throws Exception {
        pause(WARM_UP);
        long before = count(port)[0];
        long begun = System.nanoTime();
        Duration here = cpu(ProcessHandle.current());
        Duration there = cpu(gateway);
        pause(Duration.ofSeconds(seconds));
        double took = (System.nanoTime() - begun) / 1e9;
        long[] after = count(port);
        long asked = after[0] - before;
        System.out.printf("%d jobs every %d ms, answers after %d ms: %.0f status queries/s, at most %d at once; %d wait%n", jobs,
                interval.toMillis(), delay, asked / took, after[1], component.getEngine().load().waitingCalls());
        System.out.printf("CPU for 1,000 queries: %.2f s in this process, %.2f s in the gateway; load average %.1f%n",
                cpu(ProcessHandle.current()).minus(here).toMillis() / (double) asked,
                cpu(gateway).minus(there).toMillis() / (double) asked,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.printf("%d threads: %s%n", ManagementFactory.getThreadMXBean().getThreadCount(),
                Thread.getAllStackTraces().keySet().stream().collect(Collectors.groupingBy(
                        thread -> thread.getName().replaceAll("#?[0-9]+", "N"), TreeMap::new, Collectors.counting())));
    }

    /** @return queries answered; most at once since the last call */
    private static long[] count(int port) throws Exception {
        String[] counts = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/count")).build(),
                HttpResponse.BodyHandlers.ofString()).body().split(" ");
        return new long[] {Long.parseLong(counts[0]), Long.parseLong(counts[1])};
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void pause(Duration duration) throws InterruptedException {
        new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
