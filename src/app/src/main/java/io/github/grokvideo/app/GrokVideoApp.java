// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import io.github.grokvideo.app.observe.Observation;
import io.github.grokvideo.app.routes.RouteFile;
import io.github.grokvideo.app.routes.RouteSetup;
import io.github.grokvideo.servers.LocalServers;
import io.github.grokvideo.servers.ServerNotStartedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches a folder for prompts and makes videos of them, with the routes of {@code routes/}. */
public final class GrokVideoApp {

    static final int FAILED = 1;
    static final int NOT_STARTED = 2;

    private static final Logger LOG = LoggerFactory.getLogger(GrokVideoApp.class);
    private static final Path ROUTES = Path.of("routes");
    private static final Path EXAMPLES = Path.of("examples");
    private static final long STOP_SECONDS = 15;

    private final Clock clock = Clock.systemUTC();
    private final Display display;
    private final AppOptions options;
    private final Optional<GatewaySettings> gateway;
    private final DataFolder data;
    private final Observation observation;
    private final boolean ownJobStore;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean stopped = new AtomicBoolean();

    private GrokVideoApp(AppOptions options, UnaryOperator<String> settings) throws UsageException {
        this.options = options;
        this.gateway = GatewaySettings.of(settings);
        this.data = DataFolder.of(settings);
        this.ownJobStore = JobStoreFolder.isWanted(settings);
        this.observation = Observation.prepare(options.observe(), options.once(), settings);
        this.display = new Display(System.out);
    }

    /** Ends the JVM only to give it an exit code: it may be Maven's. */
    public static void main(String[] args) {
        int exitCode = run(List.of(args));
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** @return the exit code */
    static int run(List<String> args) {
        try {
            AppOptions options = AppCommandLine.parse(args);
            if (options.help()) {
                System.out.print(AppCommandLine.help());
                return 0;
            }
            GrokVideoApp app = new GrokVideoApp(options,
                    GatewaySettings.from(System.getProperties(), System.getenv(), applicationProperties()));
            KeyMask.of(Stream.of(System.getProperties(), System.getenv(), applicationProperties())).begin();
            return app.run();
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            return NOT_STARTED;
        } catch (Exception e) {
            LOG.error("The app has ended", e);
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            System.err.println(PlainText.of(cause.getMessage() == null ? cause.toString() : cause.getMessage())
                    + " (more in data/grokvideo.log)");
            return NOT_STARTED;
        }
    }

    private int run() throws Exception {
        List<RouteFile> routes = options.routes().files(ROUTES);
        RouteSetup setup = new RouteSetup(routes, options.with(), gateway.isEmpty());
        setup.check(options.once(), System.getProperties(), System.getenv(), applicationProperties());
        // Before the log is: it is in there.
        data.create();
        try (InstanceLock lock = InstanceLock.of(List.of(options.inbox(), options.outbox(), data.path()));
             DemoSimulator simulator = gateway.isPresent() ? null : DemoSimulator.start(data.simulator());
             ConsoleLog log = ConsoleLog.begin(display::line, simulator != null);
             Observation observed = observation;
             LocalServers servers = startServers()) {
            servers.lines().forEach(display::line);
            JobStoreFolder jobs = ownJobStore ? jobs() : null;
            if (simulator != null && jobs != null) {
                simulator.claimVideos(jobs);
            }
            Map<String, String> properties = properties(simulator, jobs);
            properties.putAll(observation.properties());
            properties.putAll(servers.properties());
            properties.putAll(setup.accounts(simulator == null ? null : simulator.server()));
            properties.putAll(setup.httpServer());
            return setup.isDemo() ? demo(routes, properties) : run(setup, routes, properties);
        } finally {
            ended.countDown();
        }
    }

    private LocalServers startServers() throws UsageException {
        try {
            return LocalServers.start(options.with(), data.path());
        } catch (ServerNotStartedException e) {
            throw new UsageException("--with=" + e.getMessage());
        }
    }

    private int run(RouteSetup setup, List<RouteFile> routes, Map<String, String> properties) throws Exception {
        greet();
        setup.copySamples(EXAMPLES, options.inbox());
        PromptBook book = new PromptBook(clock);
        book.follow(display);
        display.line("Running " + String.join(", ", options.routes().names()) + ". " + options.inbox() + "/ -> " + options.outbox()
                + "/. Ctrl-C ends it.");
        List<RouteFile> all = new ArrayList<>(routes);
        all.addAll(setup.askers(EXAMPLES));
        RouteRunner runner = runner(all, properties, book);
        runner.whenStarted(context -> setup.httpHelp(context).forEach(display::line));
        runUntilStopped(runner);
        display.line(farewell(book.open()));
        return 0;
    }

    /** The sample prompts, with a table of what became of them. */
    private int demo(List<RouteFile> routes, Map<String, String> properties) throws Exception {
        greet();
        SampleRun samples = new SampleRun(options, display::line);
        samples.greet();
        if (options.once() && !samples.hasOpen()) {
            return 0;
        }
        PromptBook book = new PromptBook(clock);
        book.follow(display);
        RouteRunner runner = runner(routes, properties, book);
        runner.whenStarted(context -> samples.begin(context, gateway.map(GatewaySettings::toString).orElse("the simulator"), book,
                runs -> samplesEnded(runs, runner)));
        runUntilStopped(runner);
        if (stopped.get()) {
            display.line(farewell(book.open()));
            return 0;
        }
        return samples.allSucceeded() ? 0 : FAILED;
    }

    private void samplesEnded(List<PromptRun> runs, RouteRunner runner) {
        if (!runs.isEmpty()) {
            display.line("");
            ResultTable.render(runs).forEach(display::line);
            if (gateway.isEmpty()) {
                display.line("The costs are xAI's prices. The simulator charged nothing.");
            }
            display.line("");
        }
        if (options.once()) {
            runner.stop();
        } else {
            display.line(watching());
        }
    }

    private RouteRunner runner(List<RouteFile> routes, Map<String, String> properties, PromptBook book) {
        RouteRunner runner = new RouteRunner(routes, properties,
                new RouteWatcher(book, options.inbox(), options.outbox(), display::line));
        runner.whenStarted(context -> observation.begin(context, display::line));
        return runner;
    }

    private void runUntilStopped(RouteRunner runner) throws Exception {
        Thread hook = stopHook(runner);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            runner.run();
        } finally {
            removeHook(hook);
        }
    }

    private String watching() {
        return "Watching " + options.inbox() + "/ for prompts. Ctrl-C ends it.";
    }

    private String farewell(int open) {
        return open == 0 ? "Stopped."
                : "Stopped. " + SampleRun.count(open, "prompt") + " of " + options.inbox() + "/ will be taken up by the next start, "
                        + (ownJobStore ? "without paying twice."
                                : "and paid for again unless the jobStore is a durable one."
                                        + " The ids of their jobs are in data/grokvideo.log.");
    }

    private void greet() {
        display.line(gateway.map(real -> "Grok Imagine video through " + real + ". Every prompt is paid for.")
                .orElse("Grok Imagine video on the simulator: no key, no cost.\n"
                        + "Set GROKVIDEO_PROVIDER and GROKVIDEO_API_KEY to use a gateway."));
    }

    private JobStoreFolder jobs() throws UsageException {
        return JobStoreFolder.in(gateway.map(real -> data.jobs(real.provider())).orElseGet(data::demoJobs));
    }

    private Map<String, String> properties(DemoSimulator simulator, JobStoreFolder jobs) {
        Map<String, String> all = new HashMap<>();
        all.put("inbox", options.inbox().toString());
        all.put("outbox", options.outbox().toString());
        all.put("camel.component.grokvideo.workDirectory", data.work().toString());
        all.put("camel.component.grokvideo.consoleDirectory", options.outbox().toString());
        all.putAll(simulator == null ? gateway.orElseThrow().componentProperties() : simulator.componentProperties());
        if (jobs != null) {
            all.putAll(jobs.componentProperties());
        }
        return all;
    }

    /** A shutdown hook can only be a thread. It waits, since the JVM ends with the last hook. */
    private Thread stopHook(RouteRunner runner) {
        return new Thread(() -> {
            stopped.set(true);
            runner.stop();
            try {
                ended.await(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "grokvideo-stop");
    }

    private void removeHook(Thread hook) {
        if (!stopped.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                LOG.debug("The JVM is already going down", e);
            }
        }
    }

    private static Properties applicationProperties() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = GrokVideoApp.class.getResourceAsStream("/application.properties")) {
            if (in != null) {
                properties.load(in);
            }
        }
        return properties;
    }
}
