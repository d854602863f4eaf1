// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the app starts its console. */
class ConsoleIT {

    @TempDir
    Path dir;

    private Path inbox;
    private Path prompts;

    @BeforeEach
    void onePrompt() throws Exception {
        inbox = dir.resolve("in");
        prompts = Files.createDirectories(dir.resolve("prompts"));
        Files.writeString(prompts.resolve("fox.txt"), "A fox [[render=1s]]");
    }

    private AppProcess app(Map<String, String> environment, String... more) throws Exception {
        String[] args = Arrays.copyOf(more, more.length + 3);
        args[more.length] = "--inbox=" + inbox;
        args[more.length + 1] = "--outbox=" + dir.resolve("out");
        args[more.length + 2] = "--prompts=" + prompts;
        return new AppProcess(dir, environment, args);
    }

    @Test
    void aKeptVideoIsServedInRangesAfterTheLoginWithTheGeneratedPassword() throws Exception {
        try (AppProcess app = app(Map.of())) {
            ObservedApp.said(app, "(?m)^Watching ");
            String url = ObservedApp.consoleUrl(app);
            String password = ObservedApp.password(app);
            ConsoleClient admin = new ConsoleClient(url).login("admin", password);
            String id = admin.jobs("").path("jobs").path(0).path("id").asText();
            byte[] file = Files.readAllBytes(dir.resolve("out/fox.mp4"));

            HttpResponse<byte[]> part = admin.video(id, "bytes=100-299");
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 100-299/" + file.length);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file, 100, 300));
            assertThat(admin.video(id, null).body()).isEqualTo(file);
            assertThat(admin.job(id).path("filePresent").asBoolean()).isTrue();
            assertThat(admin.video("fox", null).statusCode()).isEqualTo(404);
            assertThat(new ConsoleClient(url).video(id, null).statusCode()).as("without a login").isIn(401, 403);
            assertThat(Files.readString(dir.resolve("app.log"))).doesNotContain(password);

            app.interrupt();
            assertThat(app.exitCode()).isEqualTo(128 + 15);
            assertThat(app.out()).endsWith("Stopped.\n").containsOnlyOnce(password);
        }
    }

    @Test
    void aVideoThatWasHandedOnIsNotKept() throws Exception {
        try (AppProcess app = app(Map.of(), "--routes=storyboard")) {
            ConsoleClient admin = new ConsoleClient(ObservedApp.consoleUrl(app)).login("admin", ObservedApp.password(app));
            await().atMost(Duration.ofSeconds(60)).until(() -> admin.jobs("").findValuesAsText("state").stream()
                    .filter("DELIVERED"::equals).count() == 3);
            String id = admin.jobs("").path("jobs").path(0).path("id").asText();

            assertThat(admin.job(id).path("filePresent").asBoolean(true)).isFalse();
            assertThat(admin.job(id).path("route").asText()).isEqualTo("storyboard");
            Path place = Path.of(admin.jobs(id).at("/jobs/0/deliveredTo").asText());
            assertThat(place.startsWith(dir.resolve("out/storyboard"))).as("%s", place).isTrue();
            assertThat(place.resolve("scene-01.mp4")).isRegularFile();
            HttpResponse<byte[]> video = admin.video(id, null);
            assertThat(video.statusCode()).isEqualTo(404);
            assertThat(new String(video.body())).isEqualTo("No video is kept for this job.");
        }
    }

    @Test
    void aRunThatEndsByItselfHasAConsoleIfItIsAskedFor() throws Exception {
        Files.writeString(prompts.resolve("snail.txt"), "A snail [[render=10m]]");
        try (AppProcess app = app(Map.of(), "--once", "--console-port=0")) {
            ConsoleClient admin = new ConsoleClient(ObservedApp.consoleUrl(app)).login("admin", ObservedApp.password(app));

            await().atMost(Duration.ofSeconds(30)).until(() -> admin.jobs("").path("total").asInt() == 2);
        }
    }

    @Test
    void aRunThatEndsByItselfEndsWithItsConsole() throws Exception {
        try (AppProcess app = app(Map.of(), "--once", "--console-port=0")) {
            assertThat(app.exitCode()).as(app.out() + app.err()).isZero();
        }
    }

    @Test
    void itCanBeLeftOut() throws Exception {
        try (AppProcess app = app(Map.of(), "--no-console")) {
            ObservedApp.said(app, "(?m)^Watching ");
            app.interrupt();
            app.exitCode();

            assertThat(app.out()).doesNotContain("Console:", "Log in as");
            assertThat(Files.readString(dir.resolve("app.log"))).doesNotContain("hawt", "jolokia");
        }
    }

    @Test
    void theDeveloperConsoleIsThereWhereItIsSwitchedOn() throws Exception {
        Map<String, String> on = Map.of("CAMEL_MAIN_DEVCONSOLEENABLED", "true", "CAMEL_MANAGEMENT_DEVCONSOLEENABLED", "true");
        try (AppProcess app = app(on, "--no-console", "--observe-port=0")) {
            URI page = URI.create(ObservedApp.observeUrl(app)).resolve("/q/dev/grokvideo");
            HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("Job store: JdbcJobStore, durable");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--console-port", "--observe-port"})
    void aTakenPortEndsTheProgramBeforeItHasBegun(String option) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
             AppProcess app = app(Map.of(), option + "=" + taken.getLocalPort())) {
            assertThat(app.exitCode()).isEqualTo(GrokVideoApp.NOT_STARTED);

            assertThat(app.err().lines()).singleElement().asString().startsWith(option + ": port " + taken.getLocalPort())
                    .contains("Choose another");
            assertThat(app.out()).isEmpty();
            assertThat(inbox).doesNotExist();
        }
    }

    @Test
    void aPublicUrlThatIsNoneIsSaidInOneLine() throws Exception {
        try (AppProcess app = app(Map.of("GROKVIDEO_CONSOLE_URL", "console.example.com"))) {
            assertThat(app.exitCode()).isEqualTo(GrokVideoApp.NOT_STARTED);
            assertThat(app.err().lines()).singleElement().asString().startsWith("GROKVIDEO_CONSOLE_URL: ")
                    .contains("https://console.example.com");
        }
    }

    @Test
    void usersThatCannotBeReadAreSaidInOneLine() throws Exception {
        Files.writeString(dir.resolve("bad.properties"), "ann = boss secret\n");
        for (String file : new String[] {"missing.properties", "bad.properties"}) {
            try (AppProcess app = app(Map.of("GROKVIDEO_CONSOLE_USERS", dir.resolve(file).toString()))) {
                assertThat(app.exitCode()).isEqualTo(GrokVideoApp.NOT_STARTED);
                assertThat(app.err().lines()).singleElement().asString().startsWith("GROKVIDEO_CONSOLE_USERS: ").contains(file)
                        .doesNotContain("secret");
                assertThat(inbox).doesNotExist();
            }
        }
    }
}
