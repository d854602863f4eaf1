// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import io.github.grokvideo.simulator.fault.Quantities;

/** The simulator as a program. */
final class CommandLine {

    static final String USAGE = """
            Stands in for all Grok Imagine video gateways on one port, without keys or money.

              --port <n>             port to listen on (default 8089; 0 for any free one)
              --host <address>       address to listen on (default 127.0.0.1)
              --render-time <time>   from acceptance to the finished video, such as 8s or 500ms (default 8s)
              --queue-time <time>    how much of it a job is queued (default an eighth)
              --url-lifetime <time>  how long a video's URL works (default as each gateway documents)
              --credit <amount>      what every account has, in the gateway's own unit (default 1000000)
              --store <folder>       keeps jobs, ledger and credit there for the next start (default: in memory only)
              --shared-videos        one clip for all jobs of the same picture size
              --replay-business-ids  ToAPIs: the same client_business_id gets the same job again
              --help                 this text
            """;

    private static final int DEFAULT_PORT = 8089;
    private static final int BAD_USAGE = 2;

    private final PrintStream out;
    private final PrintStream err;

    CommandLine(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs until the thread is interrupted.
     *
     * @return the exit code of the process
     */
    int run(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            out.print(USAGE);
            return 0;
        }
        try (GrokVideoSimulator simulator = parse(arguments).start()) {
            greet(simulator);
            new CountDownLatch(1).await();
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(USAGE);
            return BAD_USAGE;
        } catch (UncheckedIOException e) {
            err.println(e.getMessage() + ": " + e.getCause().getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static SimulatorBuilder parse(String[] arguments) {
        SimulatorBuilder builder = GrokVideoSimulator.builder().port(DEFAULT_PORT);
        Iterator<String> words = List.of(arguments).iterator();
        while (words.hasNext()) {
            String option = words.next();
            switch (option) {
                case "--shared-videos" -> builder.videos(VideoMode.SHARED);
                case "--replay-business-ids" -> builder.replayBusinessIds(true);
                default -> set(builder, option, words);
            }
        }
        return builder;
    }

    private static void set(SimulatorBuilder builder, String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException("unknown option, or value missing: " + option);
        }
        String value = words.next();
        switch (option) {
            case "--port" -> builder.port(Integer.parseInt(value));
            case "--host" -> builder.host(value);
            case "--render-time" -> builder.renderTime(Quantities.duration(value));
            case "--queue-time" -> builder.queueTime(Quantities.duration(value));
            case "--url-lifetime" -> builder.urlLifetime(Quantities.duration(value));
            case "--store" -> builder.store(Path.of(value));
            case "--credit" -> builder.startingCredit(Double.parseDouble(value));
            default -> throw new IllegalArgumentException("unknown option: " + option);
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
