// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.observe;

import java.lang.management.ManagementFactory;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import com.sun.management.OperatingSystemMXBean;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.main.Main;

/**
 * What it costs to look: the same jobs without and with JMX, console, metrics and health, in turn, while the console's tab is open and
 * metrics are scraped. Arguments: pairs of runs (4), jobs in each (10000). Nothing is downloaded: that would hide the difference.
 */
public final class ObservationCost {

    private static final Duration LOOKS = Duration.ofSeconds(3);
    private static final Duration SCRAPES = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int QUEUE = 200_000;
    private static final int WARM_UPS = 8;

    private ObservationCost() {
    }

    /** @param nanos of the whole run  @param cpuNanos of the JVM, the simulator's in it */
    private record Run(int jobs, long nanos, long cpuNanos, int looks) {

        double perSecond() {
            return jobs * 1e9 / nanos;
        }

        double cpuMillis() {
            return cpuNanos / 1e6 / jobs;
        }

        String line(String name) {
            return "%-8s %8.1f jobs/s  %6.3f ms of CPU a job  looked at %d times%n".formatted(name, perSecond(), cpuMillis(), looks);
        }
    }

    public static void main(String[] args) throws Exception {
        int pairs = args.length > 0 ? Integer.parseInt(args[0]) : 4;
        int jobs = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
        // Not counted: the JVM compiles.
        for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
            run(jobs, warmUp % 2 == 1);
        }
        List<Double> throughput = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            // In turn, since whoever is second runs on a warmer JVM.
            boolean observedFirst = pair % 2 == 1;
            Run first = run(jobs, observedFirst);
            Run second = run(jobs, !observedFirst);
            Run with = observedFirst ? first : second;
            Run without = observedFirst ? second : first;
            throughput.add(with.perSecond() / without.perSecond());
            cpu.add(with.cpuMillis() / without.cpuMillis());
            System.out.print(without.line("without") + with.line("with"));
            System.out.printf("  with/without: throughput %.3f, CPU a job %.3f%n", throughput.get(pair), cpu.get(pair));
        }
        System.out.printf("with/without, median of %d pairs: throughput %.3f (%.3f to %.3f), CPU a job %.3f (%.3f to %.3f)%n", pairs,
                median(throughput), Collections.min(throughput), Collections.max(throughput),
                median(cpu), Collections.min(cpu), Collections.max(cpu));
    }

    private static Run run(int jobs, boolean observed) throws Exception {
        Observation observation = Observation.prepare(
                observed ? new ObserveChoice(false, 0, 0) : new ObserveChoice(true, null, null), false, name -> null);
        CountDownLatch ended = new CountDownLatch(jobs);
        Main main = new Main();
        ScheduledExecutorService looking = Executors.newScheduledThreadPool(2);
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().port(0).renderTime(Duration.ofMillis(500)).start()) {
            configure(main, simulator, observation, ended);
            main.start();
            Onlooker onlooker = observed ? Onlooker.of(observation, main) : null;
            if (observed) {
                looking.scheduleAtFixedRate(onlooker::lookAtJobs, 0, LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                looking.scheduleAtFixedRate(onlooker::scrape, 0, SCRAPES.toMillis(), TimeUnit.MILLISECONDS);
            }
            // What the run before has left behind is not this one's.
            System.gc();
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long cpu = system.getProcessCpuTime();
            long begun = System.nanoTime();
            ProducerTemplate source = main.getCamelTemplate();
            for (int i = 0; i < jobs; i++) {
                source.sendBody("seda:generate?size=" + QUEUE, "job " + i);
            }
            if (!ended.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(ended.getCount() + " of " + jobs + " jobs have not ended well");
            }
            Run run = new Run(jobs, System.nanoTime() - begun, system.getProcessCpuTime() - cpu, observed ? onlooker.answers.size() : 0);
            if (observed && onlooker.answers.stream().anyMatch(status -> status != 200)) {
                throw new IllegalStateException("The console or the metrics did not answer: " + onlooker.answers);
            }
            return run;
        } finally {
            looking.shutdownNow();
            main.stop();
            observation.close();
        }
    }

    private static void configure(Main main, GrokVideoSimulator simulator, Observation observation, CountDownLatch ended) {
        observation.properties().forEach(main::addInitialProperty);
        main.addInitialProperty("camel.component.grokvideo.provider", "xai");
        main.addInitialProperty("camel.component.grokvideo.apiKey", simulator.apiKey("xai"));
        main.addInitialProperty("camel.component.grokvideo.baseUrl", simulator.baseUrl("xai"));
        main.addInitialProperty("camel.component.grokvideo.submitsPerSecond", "0");
        main.addInitialProperty("camel.component.grokvideo.pollInterval", "1s");
        main.addInitialProperty("camel.component.grokvideo.maxPollInterval", "1s");
        main.addInitialProperty("camel.component.grokvideo.output", "url");
        // Not a class of its own, which the app, in whose package this is, would take for a route of its own.
        main.bind("routes", (LambdaRouteBuilder) routes -> routes
                .from("seda:generate?size=" + QUEUE).to("grokvideo:generate").process(exchange -> ended.countDown()));
    }

    private static double median(List<Double> ratios) {
        List<Double> sorted = ratios.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** A person with the tab open, and Prometheus. */
    private static final class Onlooker {

        private static final String JOBS = "{\"type\":\"exec\",\"mbean\":\"%s\",\"operation\":\"jobs\","
                + "\"arguments\":[\"\",\"\",\"\",\"created\",true,0,20]}";
        private static final Pattern SAID = Pattern.compile("Console: (\\S+)\\nLog in as admin with (\\S+)");

        private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        private URI console;
        private URI metrics;
        private String jobs;

        static Onlooker of(Observation observation, Main main) throws Exception {
            Onlooker onlooker = new Onlooker();
            Queue<String> lines = new ConcurrentLinkedQueue<>();
            CountDownLatch told = new CountDownLatch(2);
            observation.begin(main.getCamelContext(), line -> {
                lines.add(line);
                told.countDown();
            });
            told.await();
            String all = String.join("\n", lines);
            Matcher said = SAID.matcher(all);
            said.find();
            onlooker.console = URI.create(said.group(1));
            onlooker.metrics = URI.create(all.lines().findFirst().orElseThrow().replace("Metrics: ", ""));
            onlooker.jobs = JOBS.formatted("org.apache.camel:context=" + main.getCamelContext().getManagementName()
                    + ",type=services,name=VideoJobs");
            onlooker.post("auth/login", "{\"username\":\"admin\",\"password\":\"" + said.group(2) + "\"}");
            return onlooker;
        }

        private void lookAtJobs() {
            post("jolokia", jobs);
        }

        private void scrape() {
            send(HttpRequest.newBuilder(metrics).build());
        }

        private void post(String path, String json) {
            send(HttpRequest.newBuilder(console.resolve(path)).header("Content-Type", "application/json")
                    .header("Origin", "http://" + console.getAuthority()).POST(BodyPublishers.ofString(json)).build());
        }

        private void send(HttpRequest request) {
            try {
                var answer = http.send(request, BodyHandlers.ofString());
                // Jolokia says in the body what went wrong.
                answers.add(answer.body().contains("\"error\"") ? 500 : answer.statusCode());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.io.IOException e) {
                answers.add(0);
            }
        }
    }
}
