// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs this component and its peers in one go, and prints their figures and ratios. */
@Command(name = "benchmarks",
         subcommands = {Benchmarks.Polls.class, Benchmarks.Files.class, Benchmarks.Downloads.class, Benchmarks.Hot.class,
                        CommandLine.HelpCommand.class},
         description = "Compares this component with other ways to make a video. All of them call one simulated gateway.")
public final class Benchmarks {

    /** The options of all. */
    abstract static class Comparison implements Callable<Integer> {

        @Option(names = "--npm", defaultValue = "src/benchmarks/src/main/npm", description = "Folder of the programs in Node.")
        Path npm;
        @Option(names = "--seed", defaultValue = "1", description = "Of the render times.")
        long seed;

        abstract void compare(Gateway gateway) throws Exception;

        @Override
        public Integer call() throws Exception {
            System.out.println(Machine.description());
            try (Gateway gateway = Gateway.start()) {
                compare(gateway);
            }
            return 0;
        }
    }

    /** How many status queries are made, and how late an end is noticed. */
    @Command(name = "polls", description = "Status queries and the lag from a job's end to the query that notices it.")
    static final class Polls extends Comparison {

        @Option(names = "--jobs", defaultValue = "500", description = "Submitted at once.")
        private int jobs;
        @Option(names = "--median", defaultValue = "20", description = "Of the render times, in seconds; they are lognormal.")
        private double median;
        @Option(names = "--sigma", defaultValue = "0.5", description = "Of the render times.")
        private double sigma;
        @Option(names = "--eagerness", defaultValue = "0.95", description = "The option pollEagerness, of one of the rows.")
        private double eagerness;

        @Override
        void compare(Gateway gateway) throws Exception {
            String workload = "seed=" + seed + "&median=" + median + "&sigma=" + sigma;
            // The same jobs as in our second wave.
            String second = workload + "&wave=2";
            Run peer = Contender.node("@ai-sdk/xai", npm, "ai-sdk.mjs").run(gateway, jobs, jobs, second, 1).get(0);
            Run loop = Contender.java("Camel route with loop and delay", LoopRoute.class).run(gateway, jobs, jobs, second, 1).get(0);
            List<Run> ours = Contender.java("grokvideo", OurJobs.class).run(gateway, jobs, jobs, workload, 2);
            Run eager = Contender.java("grokvideo, eager", OurJobs.class, "pollEagerness=" + eagerness)
                    .run(gateway, jobs, jobs, workload, 2).get(1);
            Run told = Contender.java("grokvideo, progress", OurJobs.class).run(gateway, jobs, jobs, workload + "&progress=true", 2).get(1);
            Run noticed = Contender.java("grokvideo, webhooks", OurJobs.class, "notices", "webhookPollInterval=60s")
                    .run(gateway, jobs, jobs, workload, 2).get(1);
            Table table = new Table("", "polls", "lag s", "polls x lag", "of @ai-sdk/xai");
            row(table, "@ai-sdk/xai", peer, peer);
            row(table, "Camel route with loop and delay", loop, peer);
            row(table, "grokvideo, nothing learnt", ours.get(0), peer);
            row(table, "grokvideo, after " + jobs + " jobs", ours.get(1), peer);
            row(table, "the same, pollEagerness=" + eagerness, eager, peer);
            row(table, "the same, progress reported", told, peer);
            row(table, "the same, webhooks", noticed, peer);
            table.print(System.out);
        }

        private static void row(Table table, String name, Run run, Run peer) {
            table.add(name, run.pollsPerJob(), run.lagSeconds(), run.product(), run.product() / peer.product());
        }
    }

    /** What a job costs from its message to its file. */
    @Command(name = "files", description = "Jobs a second and CPU time a job, from the message to the file.")
    static final class Files extends Comparison {

        @Option(names = "--jobs", defaultValue = "2000", description = "In each run.")
        private int jobs;
        @Option(names = "--warm-up", defaultValue = "18", description = "Runs in the same process that are not counted, before each run.")
        private int warmUp;
        @Option(names = "--at-once", defaultValue = "200", description = "Jobs in flight.")
        private int atOnce;
        @Option(names = "--pairs", defaultValue = "5", description = "Runs of each; the medians are compared.")
        private int pairs;

        @Override
        void compare(Gateway gateway) throws Exception {
            String workload = "seed=" + seed + "&median=0.15&sigma=0";
            List<Contender> contenders = List.of(
                    Contender.java("grokvideo", OurJobs.class, "pollInterval=50"),
                    Contender.java("HttpClient 5, hashed and synced", BareJobs.class),
                    Contender.node("Node, neither hashed nor synced", npm, "bare.mjs"));
            Pairs runs = Pairs.of(contenders, pairs,
                    contender -> contender.run(gateway, jobs, atOnce, workload, warmUp + 1).get(warmUp));
            Table table = new Table("", "jobs/s", "CPU ms/job", "grokvideo's jobs/s of it");
            runs.addTo(table, Run::jobsPerSecond, Run::cpuMillisPerJob, Run::jobsPerSecond);
            table.print(System.out);
        }
    }

    /** How fast a large video is stored. */
    @Command(name = "downloads", description = "Seconds from the submit of a job that ends at once to its large file.")
    static final class Downloads extends Comparison {

        @Option(names = "--size", defaultValue = "1024", description = "Of the video, in MiB; 2047 at most.")
        private int size;
        @Option(names = "--pairs", defaultValue = "5", description = "Runs of each; the medians are compared.")
        private int pairs;

        @Override
        void compare(Gateway gateway) throws Exception {
            String workload = "median=0&sigma=0&size=" + size * 1024;
            List<Contender> contenders = List.of(
                    Contender.java("grokvideo, -Xmx64m", OurJobs.class, "pollInterval=50").withJvmOption("-Xmx64m"),
                    Contender.java("curl, sha256sum, sync", CurlDownloads.class));
            Pairs runs = Pairs.of(contenders, pairs, contender -> contender.run(gateway, 1, 1, workload, 2).get(1));
            Table table = new Table("", "seconds", "MiB/s", "grokvideo's speed of it");
            runs.addTo(table, Run::seconds, run -> size / run.seconds(), run -> size / run.seconds());
            table.print(System.out);
        }
    }

    /** The hot paths without I/O. */
    @Command(name = "hot", description = "Microseconds of the steps that need no I/O, with JMH.")
    static final class Hot implements Callable<Integer> {

        @Override
        public Integer call() throws Exception {
            new Runner(new OptionsBuilder().include(HotPaths.class.getName()).build()).run();
            return 0;
        }
    }

    Benchmarks() {
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }
}
