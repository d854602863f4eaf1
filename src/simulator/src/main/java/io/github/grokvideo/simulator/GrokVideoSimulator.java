package io.github.grokvideo.simulator;

import io.github.grokvideo.simulator.fault.FaultPlan;
import io.github.grokvideo.simulator.gateway.FrontDesk;
import io.github.grokvideo.simulator.gateway.Gateway;
import io.github.grokvideo.simulator.gateway.Gateways;
import io.github.grokvideo.simulator.gateway.PromptFaults;
import io.github.grokvideo.simulator.gateway.UrlSigner;
import io.github.grokvideo.simulator.job.JobBook;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.ledger.Ledger;
import io.github.grokvideo.simulator.ledger.LedgerEntry;
import io.github.grokvideo.simulator.log.RequestLog;
import io.github.grokvideo.simulator.server.Console;
import io.github.grokvideo.simulator.server.NamedThreads;
import io.github.grokvideo.simulator.server.SimulatorServer;
import io.github.grokvideo.simulator.video.VideoStudio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All Grok Imagine video gateways on one port, without keys or money.
 *
 * <pre>{@code
 * try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().renderTime(Duration.ofMillis(500)).start()) {
 *     String baseUrl = simulator.baseUrl("toapis");
 *     String key = simulator.apiKey("toapis");
 * }
 * }</pre>
 */
public final class GrokVideoSimulator implements AutoCloseable {

    /** Gateways that document a refund of failed jobs. The others keep the money. */
    private static final Set<String> REFUNDING = Set.of("toapis", "reapi", "aivideoapi");

    private final SimulatorSettings settings;
    private final Ledger ledger = new Ledger(this::refundFailed);
    private final RequestLog requests;
    private final FaultPlan faults = new FaultPlan();
    private final PromptFaults promptFaults = new PromptFaults();
    private final VideoStudio studio;
    private final JobBook jobs;
    private final Gateways gateways;
    private final SimulatorServer server;

    GrokVideoSimulator(SimulatorSettings settings) {
        NamedThreads threads = new NamedThreads();
        UrlSigner urls = new UrlSigner(this::url);
        this.settings = settings;
        this.requests = new RequestLog(settings.logCapacity());
        this.studio = new VideoStudio(threads);
        this.jobs = new JobBook(settings, studio);
        this.gateways = new Gateways(new FrontDesk(settings, jobs, ledger, faults, promptFaults, urls));
        this.server = new SimulatorServer(threads);
        try {
            server.start(settings.host(), settings.port(), gateways, jobs, faults, urls, requests, new Console(this, gateways));
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("cannot listen on " + settings.host() + ":" + settings.port(), e);
        }
    }

    /** Starts from the defaults: any free port of the loopback, 8 s to render. */
    public static SimulatorBuilder builder() {
        return new SimulatorBuilder();
    }

    /** Runs a simulator until the process is ended. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(System.out, System.err).run(arguments));
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Scheme, host and port, such as {@code http://127.0.0.1:4711}. */
    public String url() {
        String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
        return "http://" + host + ":" + port();
    }

    /**
     * The base URL of a gateway.
     *
     * @param gateway {@code xai}, {@code toapis}, {@code reapi}, {@code aivideoapi} or {@code uniall}
     */
    public String baseUrl(String gateway) {
        return url() + gateways.named(gateway).prefix();
    }

    /** A key the gateway accepts. */
    public String apiKey(String gateway) {
        return gateways.named(gateway).sampleKey();
    }

    /** The names of all gateways. */
    public List<String> gateways() {
        return gateways.all().stream().map(Gateway::id).toList();
    }

    /** What was charged and refunded. */
    public Ledger ledger() {
        return ledger;
    }

    /** What was asked of the gateways. */
    public RequestLog requests() {
        return requests;
    }

    /** What is to go wrong. */
    public FaultPlan faults() {
        return faults;
    }

    /** All jobs, oldest first. */
    public List<SimulatedJob> jobs() {
        return jobs.all();
    }

    /** The job with that task id. */
    public Optional<SimulatedJob> job(String taskId) {
        return jobs.find(taskId);
    }

    /** Forgets jobs, ledger, requests and faults. */
    public void reset() {
        faults.clear();
        promptFaults.clear();
        jobs.clear();
        ledger.clear();
        requests.clear();
    }

    /** Stops listening and ends all threads; connections that wait for an answer are closed. */
    @Override
    public void close() {
        server.close();
        studio.close();
    }

    private void refundFailed() {
        jobs.settle(job -> {
            if (REFUNDING.contains(job.gateway())) {
                ledger.book(new LedgerEntry(job.gateway(), job.id(), job.model(), job.clientBusinessId(), job.prompt(), job.price(),
                        gateways.named(job.gateway()).unit(), Instant.now(), LedgerEntry.Kind.REFUND));
            }
        });
    }
}
