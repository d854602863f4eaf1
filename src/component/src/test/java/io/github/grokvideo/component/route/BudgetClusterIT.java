// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A budget that three machines share holds to the cent, and the ledger is what the gateway has charged. With
 * {@code -Dgrokvideo.budget.rounds=20} the run in which machines are killed is repeated.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class BudgetClusterIT extends SharedDatabaseTestBase {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final List<String> NODES = List.of("a", "b", "c");
    /** xAI's price of its default length in its default resolution. */
    private static final BigDecimal PRICE = new BigDecimal("0.40");

    private void start(String database, int jobs) throws Exception {
        cluster = new Cluster(server, server.port(), database, simulator, directory.resolve(database), null,
                PRICE.multiply(BigDecimal.valueOf(jobs)).toPlainString() + " USD/month");
        for (String node : NODES) {
            cluster.start(node, true);
        }
        cluster.awaitStarted(NODES.toArray(String[]::new));
    }

    private static List<String> orders(String node, int count, String faults) {
        return IntStream.range(0, count).mapToObj(number -> "submit " + node + number + " a cat " + node + number + " [[render=1s]]"
                + (number % 7 == 3 ? faults : "")).toList();
    }

    private BigDecimal sum(String column) throws Exception {
        return new BigDecimal(cluster.texts("SELECT COALESCE(SUM(" + column + "), 0) FROM grokvideo_ledger").get(0));
    }

    private void theBudgetIsTheLedger() throws Exception {
        for (String column : List.of("reserved", "estimated", "reported")) {
            assertThat(new BigDecimal(cluster.texts("SELECT " + column + " FROM grokvideo_budget").get(0))).as(column)
                    .isEqualByComparingTo(sum(column));
        }
    }

    private boolean allIsOver(int jobs) throws Exception {
        return cluster.count("SELECT COUNT(DISTINCT key) FROM (SELECT key FROM test_delivered UNION SELECT key FROM test_submitted"
                + " WHERE status IN ('REJECTED', 'UNKNOWN')) told") == jobs
                && cluster.count("SELECT COUNT(*) FROM grokvideo_job WHERE state NOT IN"
                        + " ('DELIVERED', 'REJECTED', 'FAILED', 'UNKNOWN')") == 0;
    }

    @Test
    void threeHundredAtOnceForOneHundred() throws Exception {
        start("hundred", 100);

        NODES.forEach(node -> cluster.order(node, orders(node, 100, "")));
        cluster.until(LONG, () -> allIsOver(300));

        assertThat(posts()).isEqualTo(100);
        assertThat(cluster.count("SELECT COUNT(*) FROM test_submitted WHERE status = 'REJECTED'")).isEqualTo(200);
        assertThat(sum("reserved")).isZero();
        assertThat(sum("estimated")).isZero();
        assertThat(sum("reported")).isEqualByComparingTo(simulator.ledger().spent("xai")).isEqualByComparingTo(PRICE.movePointRight(2));
        theBudgetIsTheLedger();
    }

    static IntStream rounds() {
        return IntStream.range(0, Integer.getInteger("grokvideo.budget.rounds", 1));
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void theBudgetHoldsWhileMachinesAreKilledAnswersAreLostAndJobsFail(int round) throws Exception {
        start("killed" + round, 60);
        cluster.order("a", orders("a", 60, ""));
        cluster.order("b", orders("b", 60, " [[fault:submit-500]]"));
        cluster.order("c", orders("c", 60, " [[fault:job-failed]]"));
        cluster.until(LONG, () -> posts() > 15);
        cluster.kill("a");
        // What it had not confirmed the broker gives to another one.
        Set<String> confirmed = new HashSet<>(cluster.texts("SELECT key FROM test_submitted WHERE node = 'a'"));
        cluster.order("b", orders("a", 60, "").stream().filter(order -> !confirmed.contains(order.split(" ")[1])).toList());
        cluster.until(LONG.multipliedBy(2), () -> allIsOver(180));

        BigDecimal limit = PRICE.multiply(BigDecimal.valueOf(60));
        assertThat(sum("reserved").add(sum("estimated")).add(sum("reported"))).isLessThanOrEqualTo(limit);
        assertThat(sum("reserved")).as("what is in doubt stays reserved").isEqualByComparingTo(PRICE.multiply(BigDecimal.valueOf(
                cluster.count("SELECT COUNT(*) FROM grokvideo_job WHERE state = 'UNKNOWN'"))));
        // A submit in doubt may have been charged: the ledger has it as reserved, the gateway as spent.
        assertThat(simulator.ledger().spent("xai")).isBetween(sum("reported"), sum("reported").add(sum("reserved")).add(sum("estimated")));
        theBudgetIsTheLedger();
    }
}
