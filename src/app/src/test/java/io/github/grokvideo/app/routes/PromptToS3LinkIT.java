// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptToS3LinkIT {

    @TempDir
    Path dir;

    private RouteRig rig;

    @BeforeEach
    void servers() throws Exception {
        rig = new RouteRig(dir, ServerChoice.parse("s3:" + RouteRig.freePort()));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theGatewayPutsTheVideoIntoTheBucketAndNoByteComesHere() throws Exception {
        rig.start("prompt-to-s3-link");
        rig.drop("prompt-to-s3-link/fox.txt", "A red fox");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("prompt-to-s3-link/.done"))).hasSize(1));
        SimulatedJob job = rig.simulator.jobs().iterator().next();
        assertThat(rig.simulator.jobs()).hasSize(1);
        assertThat(files(rig.bucket().resolve("videos"))).singleElement().asString().matches("fox-\\d+[.]mp4");
        assertThat(Files.size(rig.bucket().resolve("videos").resolve(files(rig.bucket().resolve("videos")).get(0))))
                .isEqualTo(job.fileSize());
        assertThat(rig.simulator.requests().count("xai", RequestKind.DOWNLOAD)).isZero();
        assertThat(rig.simulator.requests().entries(RequestKind.SUBMIT).get(0).body()).contains("X-Amz-Signature");
        rig.assertNothingLeft();
    }

    @Test
    void aGatewayThatCannotIsNotPaid() throws Exception {
        rig.gateway("reapi").start("prompt-to-s3-link");
        rig.drop("prompt-to-s3-link/fox.txt", "A red fox");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("prompt-to-s3-link/.failed"))).hasSize(2));
        assertThat(rig.simulator.requests().count("reapi", RequestKind.SUBMIT)).isZero();
    }
}
