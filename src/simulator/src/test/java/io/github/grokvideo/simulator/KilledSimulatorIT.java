// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.simulator.Client.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program is killed (SIGKILL) in the middle of its work and started again on the same store. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KilledSimulatorIT {

    private static final Pattern GREETING = Pattern.compile("listens on (http://\\S+)");
    private static final int CLIENTS = 8;
    private static final int ENOUGH = 400;

    @TempDir
    Path dir;

    private Process process;
    private String url;

    @AfterEach
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void everyJobThatWasAnsweredIsThere() throws Exception {
        start("0");
        String first = submit("A kite");
        Reply done = done(first);
        byte[] video = Client.fetch(done.text("/video/url")).body();
        Set<String> answered = ConcurrentHashMap.newKeySet();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int number = 0; number < CLIENTS; number++) {
                clients.execute(() -> submitUntilRefused(answered));
            }
            await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5)).until(() -> answered.size() >= ENOUGH);
            kill();
        } finally {
            clients.shutdown();
            assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }

        start(String.valueOf(URI.create(url).getPort()));

        List<String> charged = new ArrayList<>();
        for (JsonNode entry : get("/simulator/ledger").json()) {
            charged.add(entry.path("taskId").asText());
        }
        assertThat(charged).doesNotHaveDuplicates().contains(first).containsAll(answered);
        assertThat(get("/simulator/counters").json().at("/xai/JOBS").asInt()).isEqualTo(charged.size());
        assertThat(done(first).json()).isEqualTo(done.json());
        assertThat(Arrays.equals(Client.fetch(done.text("/video/url")).body(), video)).as("the same bytes").isTrue();
    }

    private void submitUntilRefused(Set<String> answered) {
        try {
            while (true) {
                answered.add(submit("A fox"));
            }
        } catch (UncheckedIOException killed) {
            // What was not answered may or may not be there.
        }
    }

    private void start(String port) throws IOException {
        Path out = Files.createTempFile(dir, "out", ".txt");
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), GrokVideoSimulator.class.getName(),
                "--port", port, "--render-time", "0", "--store", dir.resolve("store").toString())
                .redirectErrorStream(true).redirectOutput(out.toFile()).start();
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(process.isAlive()).as(Files.readString(out)).isTrue();
            Matcher greeting = GREETING.matcher(Files.readString(out));
            url = greeting.find() ? greeting.group(1) : null;
            return url != null;
        });
    }

    private String submit(String prompt) {
        return Client.send(request("/xai/v1/videos/generations").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"" + prompt + "\"}")).build()).is(200).text("/request_id");
    }

    private Reply done(String id) {
        return get("/xai/v1/videos/" + id).is(200);
    }

    private Reply get(String path) {
        return Client.send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20)).header("Authorization", "Bearer xai-key");
    }
}
