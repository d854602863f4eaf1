// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import io.github.grokvideo.simulator.fault.Quantities;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The simulator as a program. Only this class needs picocli, so programs that embed the simulator do not. */
@Command(
        name = "grokvideo-simulator", sortOptions = false, usageHelpWidth = 120, usageHelpAutoWidth = false,
        header = "Stands in for all Grok Imagine video gateways on one port, without keys or money.%n",
        customSynopsis = "grokvideo-simulator [OPTION]...", optionListHeading = "%n")
final class SimulatorCommand implements Callable<Integer> {

    private static final int LARGEST_PORT = 65535;

    @Spec
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "<n>", defaultValue = "8089",
            description = "port to listen on (default: ${DEFAULT-VALUE}; 0 is any free one)")
    private int port;

    @Option(names = "--host", paramLabel = "<address>", defaultValue = "127.0.0.1",
            description = "address to listen on (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(names = "--render-time", paramLabel = "<time>", defaultValue = "8s",
            description = "from acceptance to the finished video, such as 8s or 500ms (default: ${DEFAULT-VALUE})")
    private Duration renderTime;

    @Option(names = "--queue-time", paramLabel = "<time>", description = "how much of it a job is queued (default: an eighth)")
    private Duration queueTime;

    @Option(names = "--url-lifetime", paramLabel = "<time>",
            description = "how long a video's URL works (default: as each gateway documents)")
    private Duration urlLifetime;

    @Option(names = "--credit", paramLabel = "<amount>", defaultValue = "1000000",
            description = "credit of every account, in the gateway's own unit (default: ${DEFAULT-VALUE})")
    private double credit;

    @Option(names = "--store", paramLabel = "<folder>",
            description = "keeps jobs, ledger and credit there for the next start (default: in memory only)")
    private Path store;

    @Option(names = "--shared-videos", arity = "0", description = "one clip for all jobs of the same picture size")
    private boolean sharedVideos;

    @Option(names = "--replay-business-ids", arity = "0",
            description = "ToAPIs: the same client_business_id gets the same job again")
    private boolean replayBusinessIds;

    @Option(names = "--webhook-secret", paramLabel = "<key>", description = "signs the webhooks of ToAPIs and OpenRouter")
    private String webhookSecret;

    @Option(names = "--webhook-retry", paramLabel = "<time>",
            description = "between the tries of a webhook (default: 10s, then longer and longer)")
    private Duration webhookRetry;

    @Option(names = "--help", arity = "0", usageHelp = true, description = "this text")
    private boolean help;

    private final PrintStream out;
    private final PrintStream err;

    SimulatorCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs until the thread is interrupted.
     *
     * @return the exit code of the process: 1 if the simulator cannot start, 2 if an option is wrong
     */
    int run(String[] arguments) {
        return parser().execute(arguments);
    }

    String usage() {
        return parser().getUsageMessage();
    }

    private CommandLine parser() {
        return new CommandLine(this).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .setColorScheme(Help.defaultColorScheme(Ansi.OFF)).setOverwrittenOptionsAllowed(true).setExpandAtFiles(false)
                .registerConverter(int.class, SimulatorCommand::port).registerConverter(Duration.class, SimulatorCommand::duration);
    }

    @Override
    public Integer call() {
        try (GrokVideoSimulator simulator = builder().start()) {
            greet(simulator);
            new CountDownLatch(1).await();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (UncheckedIOException e) {
            err.println(e.getMessage() + ": " + e.getCause().getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private SimulatorBuilder builder() {
        SimulatorBuilder builder = GrokVideoSimulator.builder().port(port).host(host).renderTime(renderTime).queueTime(queueTime)
                .urlLifetime(urlLifetime).startingCredit(credit).store(store).videos(sharedVideos ? VideoMode.SHARED : VideoMode.UNIQUE)
                .replayBusinessIds(replayBusinessIds).webhookRetry(webhookRetry);
        return webhookSecret == null ? builder : builder.webhookSecret(webhookSecret);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new TypeConversionException("'" + text + "' is not a port from 0 to " + LARGEST_PORT);
    }

    private static Duration duration(String text) {
        try {
            return Quantities.duration(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new TypeConversionException("'" + text + "' is not a time such as 3s or 500ms");
        }
    }

    private void greet(GrokVideoSimulator simulator) {
        out.println("grokvideo-simulator listens on " + simulator.url() + "  (GET / describes everything)");
        for (String gateway : simulator.gateways()) {
            out.printf("  %-11s %s   key %s%n", gateway, simulator.baseUrl(gateway), simulator.apiKey(gateway));
        }
        out.println();
        out.println("curl -s " + simulator.baseUrl("xai") + "/videos/generations -H 'Authorization: Bearer " + simulator.apiKey("xai")
                + "' \\\n  -H 'Content-Type: application/json' -d '{\"model\":\"grok-imagine-video\",\"prompt\":\"A red kite\"}'");
        out.flush();
    }
}
