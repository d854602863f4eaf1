// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

class RouteRestartTest extends SimulatedGateway {

    @Test
    void aDroppedFileWhoseRouteStoppedAttachesWhenItStartsAgain() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + directory.resolve("inbox") + "?include=.*\\.txt&delay=100&initialDelay=0").routeId("drop")
                        .setHeader("CamelGrokVideoJobKey", simple("${file:absolute.path} ${file:size} ${file:modified}"))
                        .to("grokvideo:generate")
                        .to("file:" + directory.resolve("outbox") + "?fileName=${file:name.noext}.mp4");
            }
        });
        Files.writeString(directory.resolve("inbox/cat.txt"), "a cat [[render=2s]]");
        await().atMost(Duration.ofSeconds(10)).until(() -> paidJobs() == 1);

        context.getRouteController().stopRoute("drop", 200, TimeUnit.MILLISECONDS);
        await().atMost(Duration.ofSeconds(10)).until(() -> context.getInflightRepository().size() == 0);
        assertThat(directory.resolve("inbox/cat.txt")).exists();
        assertThat(directory.resolve("outbox/cat.mp4")).doesNotExist();
        context.getRouteController().startRoute("drop");

        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(directory.resolve("outbox/cat.mp4")));
        assertThat(posts()).isEqualTo(1);
        assertThat(paidJobs()).isEqualTo(1);
    }
}
