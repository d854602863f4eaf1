// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.junit.jupiter.api.Test;

/** A login ends if nobody does anything for a while. */
class IdleLoginTest extends ConsoleTestBase {

    private static final String MBEAN = "org.apache.camel:context=idle,type=services,name=VideoJobs";

    @Test
    void aPageThatWaitsDoesNotKeepItsLoginAlive() throws Exception {
        try (FakeVideoJobs jobs = new FakeVideoJobs("idle", SampleJobs.jobs(1, Instant.now()))) {
            Browserless viewer = loggedIn(TestUsers.VIEWER);
            console.server.getDescendant(SessionHandler.class).getManagedSession(viewer.session()).setMaxInactiveInterval(3);
            String follow = "follow?mark=&mbean=" + URLEncoder.encode(MBEAN, StandardCharsets.UTF_8);
            assertThat(viewer.get(follow).body()).isEqualTo("{\"mark\":\"" + jobs.changes() + "\"}");

            await().pollInterval(Duration.ofMillis(500)).atMost(Duration.ofSeconds(20)).until(() -> viewer.get(follow).statusCode() == 403);

            assertThat(viewer.get("videos/me").statusCode()).isIn(401, 403);
        }
    }
}
