// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import io.github.grokvideo.simulator.fault.FaultPlan;
import io.github.grokvideo.simulator.gateway.FrontDesk;
import io.github.grokvideo.simulator.gateway.Gateway;
import io.github.grokvideo.simulator.gateway.Gateways;
import io.github.grokvideo.simulator.gateway.PromptFaults;
import io.github.grokvideo.simulator.gateway.UrlSigner;
import io.github.grokvideo.simulator.gateway.XaiFiles;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobs;
import io.github.grokvideo.simulator.ledger.Ledger;
import io.github.grokvideo.simulator.ledger.LedgerEntry;
import io.github.grokvideo.simulator.log.RequestLog;
import io.github.grokvideo.simulator.server.Courier;
import io.github.grokvideo.simulator.server.NamedThreads;
import io.github.grokvideo.simulator.server.SimulatorServer;
import io.github.grokvideo.simulator.server.StatusPage;
import io.github.grokvideo.simulator.server.StatusSource;
import io.github.grokvideo.simulator.store.DirectoryStore;
import io.github.grokvideo.simulator.store.MemoryStore;
import io.github.grokvideo.simulator.store.SimulatorStore;
import io.github.grokvideo.simulator.video.VideoStudio;

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
public final class GrokVideoSimulator implements StatusSource, AutoCloseable {

    /** Gateways that document a refund for failed jobs. The others do not refund. */
    private static final Set<String> REFUNDING = Set.of("toapis", "reapi", "aivideoapi");

    private final SimulatorSettings settings;
    private final Ledger ledger = new Ledger(this::refundFailed);
    private final RequestLog requests;
    private final FaultPlan faults = new FaultPlan();
    private final PromptFaults promptFaults = new PromptFaults();
    private final SimulatorStore store;
    private final VideoStudio studio;
    private final SimulatedJobs jobs;
    private final XaiFiles files;
    private final Gateways gateways;
    private final SimulatorServer server;
    private final Courier courier;

    GrokVideoSimulator(SimulatorSettings settings) {
        this(settings, new NamedThreads(), GrokVideoSimulator::store);
    }

    GrokVideoSimulator(SimulatorSettings settings, NamedThreads threads,
            BiFunction<SimulatorSettings, NamedThreads, SimulatorStore> stores) {
        this.settings = settings;
        this.store = stores.apply(settings, threads);
        this.requests = new RequestLog(settings.logCapacity());
        this.studio = new VideoStudio(threads);
        this.jobs = new SimulatedJobs(settings, studio, store);
        this.files = new XaiFiles(store);
        UrlSigner urls = new UrlSigner(store.secret(), this::url);
        this.server = new SimulatorServer(threads, store);
        this.courier = server.courier(requests, settings.webhookRetries());
        this.gateways = new Gateways(new FrontDesk(settings, jobs, ledger, faults, promptFaults, urls, courier), files, store.secret());
        server.serve(gateways, jobs, faults, urls, requests, new StatusPage(this, gateways));
        try {
            restore();
            listen();
            jobs.all().forEach(job -> courier.accepted(gateways.named(job.gateway()), job));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static SimulatorStore store(SimulatorSettings settings, NamedThreads threads) {
        try {
            return settings.store().isEmpty() ? new MemoryStore() : DirectoryStore.open(settings.store().get(), threads);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the store " + settings.store().get(), e);
        }
    }

    private void restore() {
        try {
            store.replay(new Restoration(gateways, jobs, ledger, files));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the store", e);
        }
    }

    private void listen() {
        try {
            if (!listenAsBefore()) {
                server.listen(settings.host(), settings.port());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + settings.host() + ":" + settings.port(), e);
        }
        try {
            store.listening(port());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the store", e);
        }
    }

    /** Reuses the earlier run's port, which is part of its URLs. */
    private boolean listenAsBefore() {
        if (settings.port() != 0 || store.previousPort().isEmpty()) {
            return false;
        }
        try {
            server.listen(settings.host(), store.previousPort().getAsInt());
            return true;
        } catch (IOException takenMeanwhile) {
            return false;
        }
    }

    /** A builder with the defaults: any free port on the loopback, 8 s to render. */
    public static SimulatorBuilder builder() {
        return new SimulatorBuilder();
    }

    /** Runs a simulator until the process ends. */
    public static void main(String[] arguments) {
        System.exit(new SimulatorCommand(System.out, System.err).run(arguments));
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
     * @param gateway one of {@link #gateways()}
     */
    @Override
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

    /** Charges and refunds. */
    @Override
    public Ledger ledger() {
        return ledger;
    }

    /** The requests to the gateways. */
    @Override
    public RequestLog requests() {
        return requests;
    }

    /** The planned faults. */
    @Override
    public FaultPlan faults() {
        return faults;
    }

    /** All jobs, oldest first. */
    @Override
    public List<SimulatedJob> jobs() {
        return jobs.all();
    }

    /** The job with that task id. */
    @Override
    public Optional<SimulatedJob> job(String taskId) {
        return jobs.find(taskId);
    }

    /** Removes jobs, ledger, uploads, requests and faults. */
    @Override
    public void reset() {
        faults.clear();
        promptFaults.clear();
        jobs.clear();
        courier.clear();
        ledger.clear();
        files.clear();
        store.clear();
        requests.clear();
    }

    /** Stops listening and ends all threads; connections that wait for an answer are closed. */
    @Override
    public void close() {
        server.close();
        studio.close();
        store.close();
    }

    private void refundFailed() {
        jobs.settle(job -> {
            if (REFUNDING.contains(job.gateway())) {
                ledger.book(LedgerEntry.refund(job, gateways.named(job.gateway()).unit()));
            }
        });
    }
}
