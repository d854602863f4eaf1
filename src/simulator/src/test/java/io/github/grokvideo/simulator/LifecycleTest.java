// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import io.github.grokvideo.simulator.log.LoggedRequest;
import io.github.grokvideo.simulator.log.RequestKind;
import io.github.grokvideo.simulator.server.NamedThreads;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(n -> n.startsWith(NamedThreads.PREFIX) || n.startsWith("vertx") || n.startsWith("globalEventExecutor"))
                .collect(Collectors.toSet());
    }

    private static Set<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("vertx")).collect(Collectors.toSet());
        }
    }

    @Test
    void closingLeavesNoThreadAndNoFile() throws IOException {
        Set<Path> before = temporaryFiles();
        GrokVideoSimulator simulator = GrokVideoSimulator.builder().renderTime(Duration.ZERO).start();
        Client client = new Client(simulator, "xai");
        String id = client.post("/videos/generations", "{\"prompt\":\"x\"}").text("/request_id");
        assertThat(Client.fetch(client.get("/videos/" + id).text("/video/url")).statusCode()).isEqualTo(200);
        assertThat(threads()).anyMatch(n -> n.startsWith(NamedThreads.PREFIX));
        assertThat(Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith(NamedThreads.PREFIX)))
                .allMatch(Thread::isDaemon);
        simulator.close();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(threads()).isEmpty());
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    @Test
    void aTakenPortIsSaidSo() {
        try (GrokVideoSimulator first = GrokVideoSimulator.builder().start()) {
            assertThatThrownBy(() -> GrokVideoSimulator.builder().port(first.port()).start())
                    .isInstanceOf(UncheckedIOException.class).hasMessageContaining(String.valueOf(first.port()));
        }
    }

    @Test
    void requestsAreLoggedWithoutTheKey() {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().requestLogCapacity(2).start()) {
            Client client = new Client(simulator, "xai", "xai-very-secret");
            IntStream.range(0, 3).forEach(i -> client.post("/videos/generations", "{\"prompt\":\"p" + i + "\"}").is(200));
            List<LoggedRequest> log = simulator.requests().entries();
            assertThat(log).hasSize(2);
            assertThat(simulator.requests().count(RequestKind.SUBMIT)).isEqualTo(3);
            assertThat(log.get(1).body()).contains("p2");
            assertThat(log.get(1).status()).isEqualTo(200);
            assertThat(log.toString()).doesNotContain("secret");
            assertThat(log.get(1).headers().get("authorization")).isEqualTo("Bearer xai***");
        }
    }

    @Test
    void creditRunsOut() {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().startingCredit("reapi", 60).start()) {
            Client client = new Client(simulator, "reapi");
            String body = "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"x\"}";
            client.post("/videos/generations", body).is(200);
            client.post("/videos/generations", body).is(402);
            assertThat(simulator.ledger().jobs("reapi")).isEqualTo(1);
        }
    }

    @Test
    void theAdminPathsTellAndChangeEverything() {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().renderTime(Duration.ZERO).start()) {
            Client client = new Client(simulator, "xai");
            Client.Reply planned = admin(simulator, "POST", "/simulator/faults",
                    "[{\"gateway\":\"xai\",\"on\":\"submit\",\"fault\":\"503\",\"times\":2},{\"fault\":\"poll-500\"}]").is(200);
            assertThat(planned.text("/0/fault")).isEqualTo("submit-503");
            client.post("/videos/generations", "{\"prompt\":\"x\"}").is(503);
            admin(simulator, "DELETE", "/simulator/faults", "").is(204);
            String id = client.post("/videos/generations", "{\"prompt\":\"x\"}").is(200).text("/request_id");
            assertThat(admin(simulator, "GET", "/simulator/ledger", "").text("/0/taskId")).isEqualTo(id);
            assertThat(admin(simulator, "GET", "/simulator/requests", "").json()).hasSize(2);
            assertThat(admin(simulator, "GET", "/simulator/counters", "").json().at("/xai/SUBMIT").asInt()).isEqualTo(2);
            assertThat(admin(simulator, "GET", "/simulator/jobs", "").text("/0/state")).isEqualTo("DONE");
            assertThat(admin(simulator, "GET", "/simulator/jobs/" + id, "").text("/sha256")).hasSize(64);
            assertThat(admin(simulator, "GET", "/", "").text("/gateways/xai/baseUrl")).isEqualTo(simulator.baseUrl("xai"));
            admin(simulator, "POST", "/simulator/faults", "{\"fault\":\"nonsense\"}").is(400);
            admin(simulator, "POST", "/simulator/faults", "{\"fault\":\"submit-500\",\"gateway\":\"nobody\"}").is(400);
            admin(simulator, "POST", "/simulator/reset", "").is(204);
            assertThat(simulator.jobs()).isEmpty();
            assertThat(simulator.ledger().entries()).isEmpty();
            admin(simulator, "GET", "/nothing", "").is(404);
        }
    }

    private static Client.Reply admin(GrokVideoSimulator simulator, String method, String path, String body) {
        return Client.send(HttpRequest.newBuilder(URI.create(simulator.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build());
    }

    @Test
    void tenThousandJobsAreNoTrouble() {
        try (GrokVideoSimulator simulator = GrokVideoSimulator.builder().videos(VideoMode.SHARED).start()) {
            Client client = new Client(simulator, "reapi");
            List<String> ids = IntStream.range(0, 10_000).parallel().mapToObj(i -> client.post("/videos/generations",
                    "{\"model\":\"grok-imagine-1.0-video\",\"prompt\":\"job " + i + "\"}").is(200).text("/id")).toList();
            ids.parallelStream().forEach(id -> client.get("/tasks/" + id).is(200));
            assertThat(simulator.ledger().jobs("reapi")).isEqualTo(10_000);
            assertThat(simulator.requests().count("reapi", RequestKind.POLL)).isEqualTo(10_000);
            // Those of the server and of the studio, which begins to render where this takes long; none for a job.
            assertThat(threads()).hasSizeLessThan(20);
        }
    }

    @Test
    void theCommandLineExplainsItself() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        SimulatorCommand line = new SimulatorCommand(new PrintStream(out), new PrintStream(err));
        assertThat(line.run(new String[] {"--help"})).isZero();
        assertThat(out.toString()).contains("--render-time");
        assertThat(line.run(new String[] {"--colour", "red"})).isEqualTo(2);
        assertThat(err.toString()).startsWith("Unknown option").contains("'--colour'", "--render-time");
        err.reset();
        assertThat(line.run(new String[] {"--render-time", "soon"})).isEqualTo(2);
        assertThat(err.toString()).startsWith("Invalid value for option '--render-time': 'soon' is not a time such as 3s or 500ms");
        err.reset();
        assertThat(line.run(new String[] {"--port=70000"})).isEqualTo(2);
        assertThat(err.toString()).startsWith("Invalid value for option '--port': '70000' is not a port from 0 to 65535");
        err.reset();
        assertThat(line.run(new String[] {"--port"})).isEqualTo(2);
        assertThat(err.toString()).startsWith("Missing required parameter for option '--port' (<n>)");
    }
}
