// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Configures and starts a simulator. */
public final class SimulatorBuilder {

    /** All gateways. */
    static final List<String> GATEWAYS = List.of("xai", "toapis", "reapi", "aivideoapi", "uniall", "openai", "openrouter", "fal");

    private final Map<String, BigDecimal> credit = new HashMap<>();
    private String host = "127.0.0.1";
    private int port;
    private Duration renderTime = Duration.ofSeconds(8);
    private Duration queueTime;
    private Duration urlLifetime;
    private VideoMode videos = VideoMode.UNIQUE;
    private boolean replayBusinessIds;
    private int logCapacity = 100_000;
    private Path store;
    private final Map<String, String> webhookSecrets = new HashMap<>();
    private Duration webhookRetry;

    SimulatorBuilder() {
    }

    /** Port to listen on; 0, the default, for any free one. */
    public SimulatorBuilder port(int value) {
        port = value;
        return this;
    }

    /** Address to listen on; the default is the loopback only. */
    public SimulatorBuilder host(String value) {
        host = value;
        return this;
    }

    /** Time from the acceptance of a job to its video, queue included; default 8 s. */
    public SimulatorBuilder renderTime(Duration value) {
        renderTime = value;
        return this;
    }

    /** How much of the render time a job is queued; default an eighth. */
    public SimulatorBuilder queueTime(Duration value) {
        queueTime = value;
        return this;
    }

    /** How long a video's URL is valid from the end of its job; default: each gateway's documented lifetime. */
    public SimulatorBuilder urlLifetime(Duration value) {
        urlLifetime = value;
        return this;
    }

    /** Initial credit at every gateway, in its own unit (USD or credits); default a million. */
    public SimulatorBuilder startingCredit(double amount) {
        GATEWAYS.forEach(gateway -> startingCredit(gateway, amount));
        return this;
    }

    /** Initial credit at one gateway, in its own unit (USD or credits). */
    public SimulatorBuilder startingCredit(String gateway, double amount) {
        credit.put(gateway, BigDecimal.valueOf(amount));
        return this;
    }

    /** Whether every job gets its own video; {@link VideoMode#SHARED} is for thousands of jobs. */
    public SimulatorBuilder videos(VideoMode value) {
        videos = value;
        return this;
    }

    /**
     * Whether ToAPIs answers a second submit under the same {@code client_business_id} with the first job, as one of its pages says,
     * rather than with a second, charged one. Default: a second one, since a client must not rely on that page.
     */
    public SimulatorBuilder replayBusinessIds(boolean value) {
        replayBusinessIds = value;
        return this;
    }

    /** How many requests the log keeps; default 100,000. */
    public SimulatorBuilder requestLogCapacity(int value) {
        logCapacity = value;
        return this;
    }

    /**
     * A folder that stores what was reported to clients: a simulator restarted with it, even after a SIGKILL, has the same jobs, ledger,
     * credit, uploads, URLs and video bytes; rendering time passes meanwhile. With port 0 it tries its last port first. Planned faults and
     * the request log are not stored. Default: nothing is written to disk.
     */
    public SimulatorBuilder store(Path folder) {
        store = folder;
        return this;
    }

    /**
     * The secret that signs the webhooks of ToAPIs and OpenRouter. Without one, the default, ToAPIs refuses a {@code callback_url}, and
     * OpenRouter signs nothing. The webhooks of fal are signed with a key of the simulator, whatever is set here.
     */
    public SimulatorBuilder webhookSecret(String value) {
        GATEWAYS.forEach(gateway -> webhookSecrets.put(gateway, value));
        return this;
    }

    /** The secret that signs the webhooks of one gateway. */
    public SimulatorBuilder webhookSecret(String gateway, String value) {
        webhookSecrets.put(gateway, value);
        return this;
    }

    /** Time between the tries of a webhook that is not answered 2xx; default: 10 s, then longer and longer, as ToAPIs documents. */
    public SimulatorBuilder webhookRetry(Duration value) {
        webhookRetry = value;
        return this;
    }

    /**
     * Starts the simulator.
     *
     * @throws java.io.UncheckedIOException if the port or the store cannot be used
     */
    public GrokVideoSimulator start() {
        return new GrokVideoSimulator(settings());
    }

    SimulatorSettings settings() {
        return new SimulatorSettings(host, port, renderTime, queueTime, urlLifetime, Map.copyOf(credit), videos, replayBusinessIds,
                logCapacity, store, Map.copyOf(webhookSecrets), webhookRetry);
    }
}
