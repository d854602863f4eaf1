// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import io.github.grokvideo.simulator.log.LoggedRequest;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryboardIT {

    @TempDir
    Path dir;

    private RouteRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new RouteRig(dir).start("storyboard");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void eachSceneGoesOnWhereTheOneBeforeEndedAndAllAreDeliveredTogether() throws Exception {
        rig.drop("storyboard/kite.json", """
                [{"prompt": "A kite in the grass", "duration": 6},
                 {"prompt": "It takes off", "duration": 4},
                 {"prompt": "It is a dot [[render=3s]]", "duration": 4}]""");

        awaitThat(() -> assertThat(rig.simulator.ledger().jobs()).isEqualTo(3));
        assertThat(files(rig.outbox)).as("nothing is shown before the last scene is there").isEmpty();
        awaitThat(() -> assertThat(files(rig.inbox.resolve("storyboard/.done"))).hasSize(1));
        assertThat(files(rig.outbox.resolve("storyboard"))).extracting(name -> name.replaceFirst("[^/]*/", ""))
                .containsExactly("kite.json/scene-01.mp4", "kite.json/scene-02.mp4", "kite.json/scene-03.mp4");
        assertThat(rig.simulator.jobs()).extracting(job -> job.prompt().replaceAll(" \\[.*", "")).containsExactlyInAnyOrder(
                "A kite in the grass", "It takes off", "It is a dot");
        assertThat(rig.simulator.jobs()).filteredOn(job -> job.mode().startsWith("ext")).hasSize(2);
        List<LoggedRequest> submits = rig.simulator.requests().entries(RequestKind.SUBMIT);
        for (int scene = 1; scene < submits.size(); scene++) {
            Path before = rig.outbox.resolve("storyboard").resolve(files(rig.outbox.resolve("storyboard")).get(scene - 1));
            assertThat(submits.get(scene).body()).contains("base64," + beginning(before));
        }
        rig.assertNothingLeft();
    }

    @Test
    void afterASceneThatFailsNoneIsPaidForAndTheRestIsNotLost() throws Exception {
        rig.drop("storyboard/kite.json", """
                [{"prompt": "A kite in the grass"}, {"prompt": "It burns [[fault:job-moderated]]"}, {"prompt": "It is gone"}]""");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("storyboard/.failed"))).hasSize(2));
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(2);
        assertThat(files(rig.outbox.resolve("storyboard"))).singleElement().asString().endsWith(".incomplete/kite.json/scene-01.mp4");

        rig.drop("storyboard/kite.json", """
                [{"prompt": "A kite in the grass"}, {"prompt": "It glows"}, {"prompt": "It is gone"}]""");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("storyboard/.done"))).hasSize(1));
        assertThat(rig.simulator.jobs()).extracting(job -> job.prompt()).as("the first scene is paid for once")
                .containsExactlyInAnyOrder("A kite in the grass", "It burns [[fault:job-moderated]]", "It glows", "It is gone");
        assertThat(files(rig.outbox.resolve("storyboard"))).filteredOn(name -> !name.contains("incomplete")).hasSize(3);
        rig.assertNothingLeft();
    }

    @Test
    void aSceneWithItsOwnImageBeginsWithIt() throws Exception {
        rig.drop("storyboard/media/light.jpg", Files.readAllBytes(RouteRig.SAMPLE_IMAGE));
        rig.drop("storyboard/boat.json", "[{\"prompt\": \"A boat\"}, {\"prompt\": \"A light\", \"images\": [\"media/light.jpg\"]}]");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("storyboard/.done"))).hasSize(1));
        assertThat(rig.simulator.jobs()).filteredOn(job -> job.mode().contains("image")).singleElement()
                .satisfies(job -> assertThat(job.prompt()).isEqualTo("A light"));
    }

    @Test
    void filesOutsideTheFolderAreNotRead() throws Exception {
        Files.createSymbolicLink(rig.inbox.resolve("storyboard/link.json"),
                Files.writeString(dir.resolve("scenes.json"), "[{\"prompt\": \"A boat\"}]"));
        rig.drop("storyboard/light.json", "[{\"prompt\": \"A light\", \"images\": [\"" + RouteRig.SAMPLE_IMAGE + "\"]}]");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("storyboard/.failed"))).hasSize(2));
        assertThat(rig.simulator.ledger().jobs()).isZero();
        assertThat(rig.inbox.resolve("storyboard/link.json")).exists();
    }

    @Test
    void whatIsNoListOfScenesIsSaidAndNotPaidFor() throws Exception {
        rig.drop("storyboard/one.json", "{\"prompt\": \"A kite\"}");

        awaitThat(() -> assertThat(files(rig.inbox.resolve("storyboard/.failed"))).hasSize(2));
        String report = files(rig.inbox.resolve("storyboard/.failed")).stream().filter(name -> name.endsWith(".error.json")).findFirst()
                .orElseThrow();
        assertThat(Files.readString(rig.inbox.resolve("storyboard/.failed").resolve(report))).contains("not a JSON list of objects");
        assertThat(rig.simulator.ledger().jobs()).isZero();
    }

    /** Says how long the video is, so it tells them apart. */
    private static String beginning(Path video) throws IOException {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(Files.readAllBytes(video), 1500));
    }
}
