// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import io.github.grokvideo.component.route.Cluster.Delivered;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several machines on one PostgreSQL: what one of them leaves behind the others bring to its end, and nothing is paid twice. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ClusterIT extends SharedDatabaseTestBase {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static String key(int number) {
        return "k" + number;
    }

    /** Each video has a size of its own, so that none can pass for another. */
    private static String order(String operation, int number, double renderSeconds) {
        return operation + " " + key(number) + " cat " + key(number) + " [[render=" + renderSeconds + "s]] [[size="
                + (200_000 + number) + "]]";
    }

    @Test
    void jobsOutliveTheNodesThatTookThem() throws Exception {
        int jobs = 500;
        cluster = new Cluster(server, server.port(), "outlive", simulator, directory, null);
        for (String node : List.of("a", "b", "c")) {
            cluster.start(node, true);
        }
        cluster.awaitStarted("a", "b", "c");
        List<String> nodes = List.of("a", "b", "c");
        Map<String, List<String>> orders = new TreeMap<>();
        for (int number = 0; number < jobs; number++) {
            orders.computeIfAbsent(nodes.get(number % 3), node -> new ArrayList<>()).add(order("submit", number, 2 + number % 24));
        }
        // The killed one is to have jobs at every stage.
        int first = jobs / 6;
        nodes.forEach(node -> cluster.order(node, orders.get(node).subList(0, first)));
        cluster.until(LONG, () -> cluster.count("SELECT COUNT(*) FROM test_delivered WHERE node = 'a'") > 5);
        nodes.forEach(node -> cluster.order(node, orders.get(node).subList(first, orders.get(node).size())));
        cluster.until(LONG, () -> posts() > jobs * 2 / 3);
        String killed = cluster.kill("a");
        long killedAt = System.nanoTime();
        cluster.start("d", true);
        // What it had not confirmed the broker gives to another one.
        Set<String> confirmed = new HashSet<>(cluster.texts("SELECT key FROM test_submitted WHERE node = 'a'"));
        cluster.order("c", orders.get("a").stream().filter(order -> !confirmed.contains(order.split(" ")[1])).toList());
        String left = "SELECT COUNT(*) FROM grokvideo_job WHERE node LIKE '" + killed + "'";
        System.out.printf("The killed node owned %d jobs, of these %d in the middle of the POST; %d were not confirmed%n",
                cluster.count(left), cluster.count(left + " AND state = 'SUBMITTING'"), orders.get("a").size() - confirmed.size());
        cluster.until(LONG, () -> cluster.count(left + " AND state <> 'SUBMITTING'") == 0);
        System.out.printf("Taken over %.1f s after the kill%n", (System.nanoTime() - killedAt) / 1e9);
        cluster.awaitStarted("d");
        cluster.stop("b");

        // A submit in doubt is told to its caller, or where that has ended to a consumer.
        cluster.until(LONG.multipliedBy(2), () -> cluster.count("SELECT COUNT(DISTINCT key) FROM (SELECT key FROM test_delivered UNION"
                + " SELECT key FROM test_submitted WHERE status = 'UNKNOWN') told") == jobs);
        cluster.until(LONG, () -> cluster.count("SELECT COUNT(*) FROM grokvideo_job WHERE delivery <> 'ACKNOWLEDGED'"
                + " AND state NOT IN ('REJECTED', 'UNKNOWN')") == 0);
        cluster.until(LONG, () -> cluster.count("SELECT COUNT(*) FROM grokvideo_node") == 2);
        cluster.until(LONG, () -> cluster.count("SELECT COUNT(*) FROM grokvideo_tasks") == 0);
        System.out.printf("All %d jobs ended %.1f s after the kill%n", jobs, (System.nanoTime() - killedAt) / 1e9);

        eachIsPaidOnce();
        List<Delivered> all = cluster.delivered("test_delivered");
        eachIsItsOwnVideo(all);
        all.stream().collect(Collectors.groupingBy(Delivered::key)).forEach((key, deliveries) -> {
            // Its killed holder may have come to its work, and nobody can tell how far.
            List<Delivered> others = deliveries.stream().filter(delivery -> !delivery.node().equals("a")).toList();
            assertThat(others).as(key).hasSizeLessThanOrEqualTo(1);
            assertThat(deliveries).as(key).extracting(Delivered::redelivered)
                    .isEqualTo(deliveries.stream().map(delivery -> delivery.deliveries() > 1).toList());
            assertThat(deliveries.subList(1, deliveries.size())).as(key).allMatch(Delivered::redelivered);
        });
        System.out.printf("%d delivered, %d of these again, %d unknown; by node %s%n", all.size(),
                all.stream().filter(Delivered::redelivered).count(), all.stream().filter(one -> one.status().equals("UNKNOWN")).count(),
                all.stream().collect(Collectors.groupingBy(Delivered::node, TreeMap::new, Collectors.counting())));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void filesOfANodeThatHasEndedAreDeliveredByAnother(boolean shared) throws Exception {
        int jobs = 20;
        cluster = new Cluster(server, server.port(), shared ? "shared" : "apart", simulator, directory,
                shared ? directory.resolve("work") : null);
        cluster.start("a", false);
        cluster.awaitStarted("a");
        cluster.order("a", IntStream.range(0, jobs).mapToObj(number -> order("submit", number, 1)).toList());
        cluster.until(LONG, () -> cluster.count("SELECT COUNT(*) FROM grokvideo_job WHERE delivery = 'OFFERED'") == jobs);
        assertThat(downloads()).isEqualTo(jobs);
        cluster.kill("a");
        cluster.start("b", true);

        cluster.until(LONG, () -> cluster.count("SELECT COUNT(*) FROM grokvideo_job WHERE delivery = 'ACKNOWLEDGED'") == jobs);

        eachIsPaidOnce();
        List<Delivered> all = cluster.delivered("test_delivered");
        assertThat(all).extracting(Delivered::key).hasSize(jobs).doesNotHaveDuplicates();
        assertThat(all).allMatch(delivery -> delivery.node().equals("b") && !delivery.redelivered());
        eachIsItsOwnVideo(all);
        assertThat(downloads()).as("downloads").isEqualTo(shared ? jobs : 2 * jobs);
    }

    @Test
    void theSameKeyOnThreeNodesAtOnceIsOneSubmitAndAVideoForEach() throws Exception {
        int rounds = 100;
        List<String> nodes = List.of("a", "b", "c");
        cluster = new Cluster(server, server.port(), "keys", simulator, directory, null);
        for (String node : nodes) {
            cluster.start(node, false);
        }
        cluster.awaitStarted("a", "b", "c");
        for (int number = 0; number < rounds; number++) {
            List<String> order = List.of(order("generate", number, 1));
            nodes.forEach(node -> cluster.order(node, order));
            int least = number + 1;
            await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(() -> posts() >= least);
        }
        cluster.until(LONG, () -> cluster.count("SELECT COUNT(*) FROM test_generated") == 3 * rounds);

        assertThat(posts()).isEqualTo(rounds);
        eachIsPaidOnce();
        List<Delivered> all = cluster.delivered("test_generated");
        eachIsItsOwnVideo(all);
        all.stream().collect(Collectors.groupingBy(Delivered::key)).forEach((key, given) -> {
            assertThat(given).as(key).extracting(Delivered::node).containsExactlyInAnyOrderElementsOf(nodes);
            assertThat(given).as(key).extracting(Delivered::jobId).containsOnly(given.get(0).jobId());
        });
    }

    @Test
    void aDatabaseThatIsAwayDelaysAndLosesNothing() throws Exception {
        int jobs = 80;
        try (TcpProxy proxy = new TcpProxy(server.port())) {
            cluster = new Cluster(server, proxy.port(), "away", simulator, directory, null);
            cluster.start("a", true);
            cluster.start("b", true);
            cluster.awaitStarted("a", "b");
            // Renders end before, during and after; some submits come only when the database has gone.
            for (int number = 0; number < jobs / 2; number++) {
                cluster.order(number % 2 == 0 ? "a" : "b", List.of(order(number % 5 == 0 ? "generate" : "submit", number, 1 + number)));
            }
            cluster.until(LONG, () -> cluster.count("SELECT COUNT(*) FROM test_delivered") > 3);
            // Not before all are with the gateway: a POST whose row cannot be read is another test's affair.
            cluster.until(LONG, () -> posts() == jobs / 2);
            long gone = System.nanoTime();
            proxy.stall();
            for (int number = jobs / 2; number < jobs; number++) {
                cluster.order(number % 2 == 0 ? "a" : "b", List.of(order("submit", number, 1 + number % 10)));
            }
            await().pollDelay(Duration.ofSeconds(10)).atMost(LONG).until(() -> true);
            proxy.refuse();
            await().pollDelay(Duration.ofSeconds(12)).atMost(LONG).until(() -> true);
            long sent = posts();
            proxy.pass();
            System.out.printf("The database was away for %.1f s; meanwhile %d POSTs%n", (System.nanoTime() - gone) / 1e9, sent - jobs / 2);

            cluster.until(LONG.multipliedBy(2), () -> cluster.count("SELECT COUNT(DISTINCT key) FROM (SELECT key FROM test_delivered UNION"
                    + " SELECT key FROM test_generated) told") == jobs);
            cluster.until(LONG,
                    () -> cluster.count("SELECT COUNT(*) FROM grokvideo_job WHERE state NOT IN ('REJECTED', 'DELIVERED')") == 0);
            System.out.printf("All %d jobs ended %.1f s after it had gone%n", jobs, (System.nanoTime() - gone) / 1e9);
        }
        eachIsPaidOnce();
        assertThat(posts()).isEqualTo(jobs);
        List<Delivered> all = new ArrayList<>(cluster.delivered("test_delivered"));
        all.addAll(cluster.delivered("test_generated"));
        assertThat(all).extracting(Delivered::key).hasSize(jobs).doesNotHaveDuplicates();
        eachIsItsOwnVideo(all);
    }

    private long downloads() {
        return simulator.requests().count(RequestKind.DOWNLOAD);
    }

    private void eachIsPaidOnce() {
        assertThat(simulator.jobs()).extracting(SimulatedJob::prompt).doesNotHaveDuplicates();
        assertThat(posts()).as("POSTs").isEqualTo(simulator.jobs().size());
        assertThat(simulator.ledger().charges()).hasSize(simulator.jobs().size());
    }

    private void eachIsItsOwnVideo(List<Delivered> all) {
        Map<String, SimulatedJob> jobs = simulator.jobs().stream()
                .collect(Collectors.toMap(job -> job.prompt().split(" ")[1], Function.identity()));
        for (Delivered delivery : all) {
            if (delivery.status().equals("UNKNOWN")) {
                assertThat(delivery.sha256()).as(delivery.toString()).isNull();
            } else {
                assertThat(delivery.status()).as(delivery.toString()).isIn("DOWNLOADED", "DELIVERED");
                assertThat(delivery.sha256()).as(delivery.toString()).isEqualTo(jobs.get(delivery.key()).sha256());
            }
        }
    }
}
