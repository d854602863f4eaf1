// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverIT {

    @TempDir
    Path dir;

    private RouteRig rig;

    @BeforeEach
    void accounts() throws Exception {
        rig = new RouteRig(dir).set("camel.component.grokvideo.submitRetryTimeout", "1s");
        rig.account("first", "reapi", rig.simulator.apiKey("reapi")).account("second", "xai", rig.simulator.apiKey("xai"));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theFirstGatewayIsUsedWhereItTakesTheJob() throws Exception {
        rig.start("failover");
        rig.drop("failover/fox.txt", "A fox");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("failover/.done"))).hasSize(1));
        assertThat(rig.simulator.ledger().jobs("reapi")).isEqualTo(1);
        assertThat(rig.simulator.ledger().jobs("xai")).isZero();
        assertThat(files(rig.outbox.resolve("failover"))).singleElement().asString().matches("fox-.+[.]mp4");
        rig.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"submit-402", "submit-429", "submit-400", "submit-401"})
    void theSecondOneIsPaidWhereTheFirstChargedNothing(String fault) throws Exception {
        rig.simulator.faults().add(Fault.of(fault).at("reapi").times(0));
        rig.start("failover");
        rig.drop("failover/fox.txt", "A fox");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("failover/.done"))).hasSize(1));
        assertThat(rig.simulator.ledger().jobs("reapi")).isZero();
        assertThat(rig.simulator.ledger().jobs("xai")).isEqualTo(1);
        RouteRig.assertMp4(rig.outbox.resolve("failover").resolve(files(rig.outbox.resolve("failover")).get(0)));
        rig.assertNothingLeft();
    }

    @Test
    void xaiWithoutCreditIsLeftForTheSecondOne() throws Exception {
        rig.account("first", "xai", "xai-poor").account("second", "reapi", rig.simulator.apiKey("reapi"));
        rig.start("failover");
        rig.drop("failover/fox.txt", "A fox");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("failover/.done"))).hasSize(1));
        assertThat(rig.simulator.ledger().jobs("xai")).isZero();
        assertThat(rig.simulator.ledger().jobs("reapi")).isEqualTo(1);
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).isEqualTo(1);
        rig.assertNothingLeft();
    }

    @Test
    void whatMayHaveBeenChargedIsNotMadeASecondTime() throws Exception {
        rig.start("failover");
        for (String fault : List.of("submit-html", "submit-502", "job-failed", "job-moderated")) {
            rig.drop("failover/" + fault + ".txt", "A fox [[fault:" + fault + "]]");
        }

        awaitThat(() -> assertThat(files(rig.inbox.resolve("failover/.failed"))).hasSize(8));
        assertThat(rig.simulator.requests().count("xai", RequestKind.SUBMIT)).isZero();
        assertThat(rig.simulator.requests().count("reapi", RequestKind.SUBMIT)).isEqualTo(4);
        assertThat(files(rig.outbox)).isEmpty();
    }

    @Test
    void aPromptThatHasGoneOverIsAttachedToAfterARestart() throws Exception {
        rig.set("camel.component.grokvideo.jobStore", "file:" + dir.resolve("store"));
        rig.simulator.faults().add(Fault.of("submit-402").at("reapi"));
        rig.start("failover");
        rig.drop("failover/fox.txt", "A fox [[render=4s]]");
        awaitThat(() -> assertThat(rig.simulator.ledger().jobs("xai")).isEqualTo(1));
        rig.stop();
        assertThat(rig.inbox.resolve("failover/fox.txt")).exists();

        rig.start("failover");

        // The first gateway has credit again, but the job is at the second one.
        awaitThat(() -> assertThat(files(rig.inbox.resolve("failover/.done"))).hasSize(1));
        assertThat(rig.simulator.ledger().jobs("xai")).isEqualTo(1);
        assertThat(rig.simulator.ledger().jobs("reapi")).isZero();
        assertThat(files(rig.outbox.resolve("failover"))).hasSize(1);
        rig.assertNothingLeft();
    }

    @Test
    void aPromptThatTheFirstCannotDoGoesToTheSecondOneUnsent() throws Exception {
        rig.start("failover");
        rig.drop("failover/fox.json", "{\"prompt\": \"A fox\", \"duration\": 5}");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("failover/.done"))).hasSize(1));
        assertThat(rig.simulator.requests().count("reapi", RequestKind.SUBMIT)).isZero();
        assertThat(rig.simulator.ledger().jobs("xai")).isEqualTo(1);
    }

    @Test
    void ifBothRefuseTheReportSaysWhy() throws Exception {
        rig.simulator.faults().add(Fault.of("submit-402").at("reapi").times(0)).add(Fault.of("submit-402").at("xai").times(0));
        rig.start("failover");
        rig.drop("failover/fox.txt", "A fox");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("failover/.failed"))).hasSize(2));
        String report = files(rig.inbox.resolve("failover/.failed")).stream().filter(name -> name.endsWith(".error.json")).findFirst()
                .orElseThrow();
        assertThat(Files.readString(rig.inbox.resolve("failover/.failed").resolve(report)))
                .contains("first (reapi): INSUFFICIENT_CREDIT", "second (xai): INSUFFICIENT_CREDIT");
        assertThat(rig.simulator.ledger().jobs()).isZero();
    }

    @Test
    void theKeyOfAnAccountIsNowhere() throws Exception {
        rig.account("first", "reapi", "rk_live_invalid-7f3a9c").account("second", "xai", "xai-invalid-7f3a9c");
        rig.start("failover");
        rig.drop("failover/fox.txt", "A fox");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("failover/.failed"))).hasSize(2));
        for (String file : files(rig.inbox.resolve("failover/.failed"))) {
            assertThat(Files.readString(rig.inbox.resolve("failover/.failed").resolve(file))).doesNotContain("7f3a9c");
        }
        assertThat(rig.main().getCamelContext().getEndpoints()).extracting(Object::toString)
                .noneMatch(uri -> uri.contains("7f3a9c"));
    }
}
