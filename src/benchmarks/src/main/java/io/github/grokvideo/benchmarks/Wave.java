// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;

/** The arguments of a contender in Java, and how it measures itself: as the peers in {@code double.mjs} do. */
record Wave(String base, int jobs, int atOnce, String workload, int waves) {

    /** Of the command line; further ones are the contender's own. */
    static final int ARGUMENTS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Submits all jobs of a wave, and returns when the last video is there. */
    @FunctionalInterface
    interface Contender {
        void run() throws Exception;
    }

    static Wave of(String[] arguments) {
        return new Wave(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), arguments[3],
                Integer.parseInt(arguments[4]));
    }

    /** @param url receives a notice of each job's end */
    Wave withNotices(String url) {
        return new Wave(base, jobs, atOnce, workload + "&notices=" + url, waves);
    }

    void measure(Contender contender) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (int wave = 1; wave <= waves; wave++) {
            post("/double/begin?" + workload + "&wave=" + wave);
            long cpu = system.getProcessCpuTime();
            long began = System.nanoTime();
            contender.run();
            double seconds = (System.nanoTime() - began) / 1e9;
            ObjectNode result = JSON.createObjectNode().put("jobs", jobs).put("seconds", seconds)
                    .put("cpuMillis", (system.getProcessCpuTime() - cpu) / 1e6);
            result.setAll((ObjectNode) JSON.readTree(post("/double/end")));
            System.out.println(result);
        }
    }

    private String post(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(base + path)).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }
}
