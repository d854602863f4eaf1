// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console, Prometheus and a health probe see of the demo when its samples are done. */
class ObservedAppIT {

    private static final int SAMPLES = 8;
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(grokvideo\\.[a-z.]+)` \\|");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(grokvideo_[a-z_]+)(?:\\{[^}]*})? \\S+$");

    @TempDir
    private static Path dir;
    private static AppProcess app;
    private static String observe;
    private static ConsoleClient manager;
    private static ConsoleClient viewer;

    @BeforeAll
    static void runTheSamples() throws Exception {
        app = new AppProcess(dir, Map.of("GROKVIDEO_CONSOLE_USERS", ObservedApp.users(dir).toString()),
                "--inbox=" + dir.resolve("in"), "--outbox=" + dir.resolve("out"), "--observe-port=0");
        ObservedApp.said(app, "(?m)^Watching ");
        observe = ObservedApp.observeUrl(app);
        manager = new ConsoleClient(ObservedApp.consoleUrl(app)).login("ann", ObservedApp.PASSWORD);
        viewer = new ConsoleClient(ObservedApp.consoleUrl(app)).login("vic", ObservedApp.PASSWORD);
    }

    @AfterAll
    static void stop() throws Exception {
        app.close();
    }

    @Test
    void theConsoleShowsEveryJob() throws Exception {
        JsonNode page = viewer.jobs("");

        assertThat(page.path("total").asInt()).isEqualTo(SAMPLES);
        assertThat(page.path("jobs")).hasSize(SAMPLES).allSatisfy(job -> {
            assertThat(job.path("state").asText()).isEqualTo("DELIVERED");
            assertThat(job.path("provider").asText()).isEqualTo("xai");
            assertThat(job.path("route").asText()).isIn("file-to-file", "image-to-video");
            assertThat(job.path("cost").path("unit").asText()).isEqualTo("USD");
        });
        assertThat(viewer.jobs("rainy-city").path("total").asInt()).as("found by its jobKey, the name of the prompt").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"rainy-city, file-to-file", "paper-boat, image-to-video"})
    void aVideoThatStaysInTheOutboxCanBePlayed(String sample, String route) throws Exception {
        String id = viewer.jobs(sample).path("jobs").path(0).path("id").asText();

        assertThat(viewer.job(id).path("filePresent").asBoolean(false)).isTrue();
        assertThat(viewer.job(id).path("route").asText()).isEqualTo(route);
        HttpResponse<byte[]> video = viewer.video(id, null);
        assertThat(video.statusCode()).isEqualTo(200);
        assertThat(video.body()).isEqualTo(Files.readAllBytes(dir.resolve("out/" + sample + ".mp4")));
    }

    @Test
    void nobodyMayDoMoreThanTheirRole() throws Exception {
        String jobs = viewer.videoJobs();
        String id = viewer.jobs("").path("jobs").path(0).path("id").asText();
        String context = viewer.mbean("org.apache.camel:context=*,type=context,name=*");

        for (String action : Set.of("pollNow", "stopWaiting", "redeliver", "resubmit", "abandon", "retry")) {
            assertThat(viewer.call(jobs, action, id)).as("viewer: " + action).isEqualTo(403);
        }
        assertThat(viewer.call(jobs, "purge", 0)).isEqualTo(403);
        assertThat(viewer.call(context, "stop")).isEqualTo(403);
        assertThat(manager.call(context, "stop")).isEqualTo(403);
        assertThat(manager.call(jobs, "pollNow", id)).as("allowed, but the job has ended").isNotIn(200, 403);
        assertThat(viewer.jobs("").path("total").asInt()).isEqualTo(SAMPLES);
    }

    @Test
    void theMetricsAreExact() throws Exception {
        String metrics = get("metrics").body();

        assertThat(sum(metrics, "grokvideo_submits_total")).isEqualTo(SAMPLES);
        assertThat(sum(metrics, "grokvideo_submits_total", "outcome=\"accepted\"")).isEqualTo(SAMPLES);
        assertThat(sum(metrics, "grokvideo_jobs_ended_total")).isEqualTo(SAMPLES);
        assertThat(sum(metrics, "grokvideo_jobs_ended_total", "state=\"delivered\"")).isEqualTo(SAMPLES);
        assertThat(sum(metrics, "grokvideo_polls_total", "outcome=\"rendered\"")).isEqualTo(SAMPLES);
        assertThat(sum(metrics, "grokvideo_wait_seconds_count", "outcome=\"rendered\"")).isEqualTo(SAMPLES);
        assertThat(sum(metrics, "grokvideo_download_seconds_count", "outcome=\"done\"")).isEqualTo(SAMPLES);
        assertThat(sum(metrics, "grokvideo_jobs_open")).isZero();
        double cost = 0;
        long bytes = 0;
        for (JsonNode job : viewer.jobs("").path("jobs")) {
            cost += Double.parseDouble(job.path("cost").path("amount").asText());
            bytes += job.path("size").asLong();
        }
        assertThat(sum(metrics, "grokvideo_spend_total", "unit=\"USD\"")).isCloseTo(cost, within(1e-9));
        assertThat(sum(metrics, "grokvideo_download_bytes_total")).isEqualTo(bytes);
    }

    @Test
    void theMetricsHaveTheDocumentedNames() throws Exception {
        Set<String> documented = DOCUMENTED.matcher(
                Files.readString(AppProcess.ROOT.resolve("src/component/src/main/docs/grokvideo-observability.adoc"))).results()
                .map(row -> row.group(1).replace('.', '_')).collect(Collectors.toCollection(TreeSet::new));
        // Nothing was tried again, nobody is a consumer of completed jobs, no gateway has reported any, and there is no budget.
        documented.removeAll(Set.of("grokvideo_retries", "grokvideo_deliveries", "grokvideo_webhooks", "grokvideo_webhook_sooner",
                "grokvideo_budget_limit", "grokvideo_budget_spent", "grokvideo_budget_reserved"));

        Set<String> there = SAMPLE.matcher(get("metrics").body()).results()
                .map(sample -> sample.group(1).replaceAll("(_seconds(_count|_sum|_max)|_total)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(there).isEqualTo(documented);
    }

    @Test
    void itIsWell() throws Exception {
        HttpResponse<String> health = get("health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"UP\"").doesNotContain("DOWN");
    }

    @ParameterizedTest
    @CsvSource({"evil.example, 421", "127.0.0.1.evil.example, 421", "192.0.2.1, 421", "localhost, 200", "127.0.0.1:1, 200"})
    void metricsAndHealthAreToldUnderTheNamesOfThisMachineOnly(String host, int status) throws Exception {
        URI url = URI.create(observe);
        for (String path : Set.of("metrics", "health")) {
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(("GET " + url.resolve(path).getPath() + " HTTP/1.1\r\nHost: " + host
                        + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).as(path).startsWith("HTTP/1.1 " + status);
            }
        }
    }

    @Test
    void theDeveloperConsoleWhichAsksForNoLoginIsNotThere() throws Exception {
        for (String path : Set.of("../q/dev", "../q/dev/grokvideo", "dev", "jolokia", "info")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void nothingTellsAPassword() throws Exception {
        assertThat(app.out()).doesNotContain("Log in as", ObservedApp.PASSWORD);
        assertThat(Files.readString(dir.resolve("app.log"))).doesNotContain(ObservedApp.PASSWORD);
        assertThat(app.err()).isEmpty();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(observe).resolve(path)).build(), BodyHandlers.ofString());
    }

    /** @param labels that a sample must have to count */
    private static double sum(String metrics, String name, String... labels) {
        return metrics.lines().filter(line -> line.startsWith(name + "{"))
                .filter(line -> Set.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}
