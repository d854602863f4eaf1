// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.jdbc.JdbcJobStore;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.ledger.LedgerEntry;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.CamelContext;
import org.awaitility.core.ConditionTimeoutException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that ends (halt, as by SIGKILL) right before or right after any write to its store, any call to the gateway and any step of
 * the timer: what the next one makes of it. The points are those a whole run passes, not a list kept by hand.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CrashPointsIT {

    private static final int AT_ONCE = 2;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1};

    @TempDir
    Path directory;
    private GrokVideoSimulator simulator;
    private CrashPointPlaces places;
    private ExecutorService workers;

    @BeforeEach
    void start() throws IOException {
        simulator = GrokVideoSimulator.builder().port(0).webhookSecret("openrouter", CrashPointMain.WEBHOOK_SECRET).start();
        places = new CrashPointPlaces(simulator.url());
        workers = Executors.newFixedThreadPool(AT_ONCE);
        JdbcConnectionPool pool = CrashPointMain.pool(directory);
        JdbcJobStore.open(pool, true).close();
        pool.dispose();
    }

    @AfterEach
    void stop() throws Exception {
        workers.shutdownNow();
        assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        places.close();
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource
    void whereverAProcessEndsItsJobIsPaidAtMostOnceAndDeliveredOrReported(CrashLife life) throws Exception {
        long begun = System.nanoTime();
        List<String> points = life.judged(new CrashPointProcess(life, folder("whole", life), outside(life)).points());
        assertThat(points).containsAll(life.expected());

        List<Future<String>> endings = new ArrayList<>();
        for (int number = 0; number < points.size(); number++) {
            String folder = "point-" + number;
            String point = points.get(number);
            endings.add(workers.submit(() -> ending(life, folder(folder, life), point)));
        }
        int unknown = 0;
        List<String> wrong = new ArrayList<>();
        for (int number = 0; number < points.size(); number++) {
            String ending = endings.get(number).get();
            unknown += ending.equals("SUBMIT_UNKNOWN") ? 1 : 0;
            if (!ending.equals(life.ending(points, number))) {
                wrong.add(points.get(number) + ": " + ending);
            }
        }

        System.out.printf("Crash points, %s: %d halted %s, %d delivered or ended, %d reported unknown, %d wrong, %d s%n", life,
                points.size(), kinds(points), points.size() - unknown - wrong.size(), unknown, wrong.size(),
                Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        assertThat(wrong).isEmpty();
    }

    /** @return how many points there are by what happens there: {@code store}, {@code http} ... */
    private static Map<String, Long> kinds(List<String> points) {
        return points.stream().collect(Collectors.groupingBy(point -> point.split(" ")[1], TreeMap::new, Collectors.counting()));
    }

    private CrashPointMain.Outside outside(CrashLife life) {
        String url = simulator.baseUrl(life.provider());
        return new CrashPointMain.Outside(life == CrashLife.UPLOADED ? url.replace(simulator.url(), places.url()) : url,
                simulator.apiKey(life.provider()), places.url());
    }

    /** @return the one outcome in the outbox: {@code mp4}, or an error's type; else what is wrong */
    private String ending(CrashLife life, Path folder, String point) throws Exception {
        CrashPointProcess process = new CrashPointProcess(life, folder, outside(life));
        if (!process.endsAt(point)) {
            return "the process did not come to this point: " + process.log();
        }
        if (life == CrashLife.CANCELLED) {
            String wrong = cancelledAtTheGatewayAlone(folder, point);
            if (wrong != null) {
                return wrong;
            }
        }
        return seenThrough(life, folder, point);
    }

    /** Once the gateway was asked nobody asks again: only its word can end the job. */
    private String cancelledAtTheGatewayAlone(Path folder, String point) throws IOException {
        boolean asked = !point.equals("before http cancel #1");
        boolean stored = point.startsWith("after store");
        boolean stopped = created(folder).get(0).state() == SimulatedJobState.CANCELLED;
        JdbcConnectionPool pool = CrashPointMain.pool(folder);
        try (JdbcJobStore store = JdbcJobStore.open(pool, false)) {
            JobState state = store.list(job -> true, 10).get(0).state();
            if (stopped != asked || (state == JobState.CANCELLED) != stored) {
                return "at the gateway it is " + created(folder).get(0).state() + ", here " + state;
            }
        } finally {
            pool.dispose();
        }
        if (asked) {
            Files.deleteIfExists(folder.resolve("inbox/cat.txt"));
        }
        return null;
    }

    private String seenThrough(CrashLife life, Path folder, String point) throws Exception {
        JdbcConnectionPool pool = CrashPointMain.pool(folder);
        GrokVideoComponent component = new GrokVideoComponent();
        CamelContext context = CrashPointMain.context(folder, component, pool, life, outside(life));
        try {
            context.start();
            String stuck = until(() -> names(folder.resolve("inbox")).isEmpty() && !names(folder.resolve("outbox")).isEmpty()
                    && jobs(component).stream().allMatch(CrashPointsIT::isSettled));
            if (stuck != null) {
                return stuck + jobs(component) + jobs(component).stream().map(VideoJob::delivery).toList();
            }
            return judgement(life, folder, point, jobs(component));
        } finally {
            context.stop();
            pool.dispose();
        }
    }

    private static String until(Callable<Boolean> reached) {
        try {
            await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50)).until(reached);
            return null;
        } catch (ConditionTimeoutException stuck) {
            return "not seen through ";
        }
    }

    private static List<VideoJob> jobs(GrokVideoComponent component) {
        return component.getEngine().store().list(job -> true, 10);
    }

    private static boolean isSettled(VideoJob job) {
        return job.state().isEnded() && (job.state() != JobState.DELIVERED || job.node() == null)
                && job.delivery().state() != JobDelivery.State.OFFERED && job.delivery().state() != JobDelivery.State.CLAIMED
                || job.state() == JobState.UNKNOWN && job.delivery().at() != null;
    }

    private String judgement(CrashLife life, Path folder, String point, List<VideoJob> jobs) throws Exception {
        List<String> outcomes = names(folder.resolve("outbox"));
        if (outcomes.size() != 1) {
            return "outcomes " + outcomes;
        }
        List<SimulatedJob> created = created(folder);
        long charges = simulator.ledger().charges().stream().map(LedgerEntry::prompt).filter(prompt -> prompt.startsWith(prompt(folder)))
                .count();
        if (created.size() > 1 || charges > 1) {
            return "paid " + charges + " times for " + created.size() + " jobs";
        }
        String wrongMoney = CrashPointMoney.wrong(CrashPointMain.pool(folder), jobs);
        if (wrongMoney != null) {
            return wrongMoney;
        }
        Path outcome = folder.resolve("outbox").resolve(outcomes.get(0));
        if (outcome.toString().endsWith(".mp4") && (created.isEmpty() || !sha256(Files.readAllBytes(outcome)).equals(
                created.get(0).sha256()))) {
            return "other bytes than the gateway's";
        }
        String wrong = switch (life) {
            case UPLOADED -> uploaded(point, jobs.get(0), created.get(0));
            case PUT_ELSEWHERE -> elsewhere(folder, jobs.get(0), created.get(0));
            default -> null;
        };
        return wrong != null ? wrong : outcomes.get(0).replaceFirst("^cat\\.", "");
    }

    /** A process that ends between the job's end and the deletion leaves the upload to expire. */
    private String uploaded(String point, VideoJob job, SimulatedJob created) {
        if (!("file_out_" + created.id()).equals(job.details().fileId())) {
            return "the id of the stored video is lost: " + job.details();
        }
        String id = job.details().uploads().size() == 1 ? job.details().uploads().get(0) : "none";
        if (places.files(id).size() != 1) {
            return "not at the place that was named: " + job.details();
        }
        boolean mayStay = point.equals("before http delete #1");
        String kept = mayStay ? null : until(() -> simulator.requests().entries(RequestKind.OTHER).stream().anyMatch(request ->
                request.method().equals("DELETE") && request.path().endsWith("/files/" + id) && request.status() == 200));
        return kept == null ? null : "the upload " + id + " is not deleted";
    }

    private String elsewhere(Path folder, VideoJob job, SimulatedJob created) throws Exception {
        List<byte[]> put = places.files(folder.getFileName().toString());
        if (put.size() != 1 || !sha256(put.get(0)).equals(created.sha256())) {
            return put.size() + " videos at the place";
        }
        return job.state() == JobState.DELIVERED && job.url() == null && created.downloads() == 0 ? null : "not elsewhere: " + job;
    }

    private List<SimulatedJob> created(Path folder) {
        return simulator.jobs().stream().filter(job -> job.prompt().startsWith(prompt(folder))).toList();
    }

    private Path folder(String name, CrashLife life) throws IOException {
        Path folder = directory.resolve(name);
        Files.createDirectories(folder.resolve("outbox"));
        Files.createDirectories(folder.resolve("inbox"));
        Files.copy(directory.resolve("jobs.mv.db"), folder.resolve("jobs.mv.db"));
        Files.write(folder.resolve("cat.png"), PNG);
        Files.writeString(folder.resolve("inbox/cat.txt"), prompt(folder) + life.directives());
        return folder;
    }

    private static String prompt(Path folder) {
        return "a cat, " + folder.getFileName() + ", ";
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
