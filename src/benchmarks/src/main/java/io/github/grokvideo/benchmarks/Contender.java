// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A program that makes videos at the gateway's double, in a process of its own.
 *
 * @param command the program, without the arguments that all contenders have
 * @param further arguments after those
 */
record Contender(String name, List<String> command, List<String> further) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Contender java(String name, Class<?> program, String... further) {
        return new Contender(name, javaCommand(program), List.of(further));
    }

    Contender withJvmOption(String option) {
        List<String> with = new ArrayList<>(command);
        with.add(1, option);
        return new Contender(name, with, further);
    }

    /** @param npm folder of the peers' programs, in which {@code npm ci} was run */
    static Contender node(String name, Path npm, String program) {
        return new Contender(name, List.of("node", npm.resolve(program).toString()), List.of());
    }

    static List<String> javaCommand(Class<?> program) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                program.getName());
    }

    /** @return one for each wave */
    List<Run> run(Gateway gateway, int jobs, int atOnce, String workload, int waves) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(gateway.base(), String.valueOf(jobs), String.valueOf(atOnce), workload, String.valueOf(waves)));
        line.addAll(further);
        Process process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            List<Run> runs = new ArrayList<>();
            for (String one : printed.lines().filter(text -> text.startsWith("{")).toList()) {
                runs.add(JSON.readValue(one, Run.class));
            }
            if (process.waitFor() != 0 || runs.size() != waves) {
                throw new IOException(name + " ended with " + process.exitValue() + " after " + runs.size() + " of " + waves + " waves");
            }
            for (Run run : runs) {
                if (run.ended() != jobs) {
                    throw new IOException(name + " has seen the end of " + run.ended() + " of " + jobs + " jobs only");
                }
            }
            return runs;
        } finally {
            process.destroy();
        }
    }
}
