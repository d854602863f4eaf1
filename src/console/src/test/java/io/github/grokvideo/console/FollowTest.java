// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a page waits for changes of jobs: without a thread, as long as its login lives, and answered when one has changed. */
class FollowTest extends ConsoleTestBase {

    private static final AtomicInteger CONTEXTS = new AtomicInteger();
    /** More than the server has threads. */
    private static final int LOGINS = 4;
    private static final int CALLS_OF_A_LOGIN = 8;

    /** Another for each test: the watch may just be asking that of the last one. */
    private final String context = "followed-" + CONTEXTS.incrementAndGet();
    private final String mbean = "org.apache.camel:context=" + context + ",type=services,name=VideoJobs";
    private FakeVideoJobs jobs;

    @BeforeEach
    void register() throws JMException {
        jobs = new FakeVideoJobs(context, SampleJobs.jobs(20, Instant.now()));
    }

    @AfterEach
    void unregister() throws JMException {
        jobs.close();
    }

    private static String follow(String mbean, String mark) {
        return "follow?mbean=" + URLEncoder.encode(mbean, StandardCharsets.UTF_8) + "&mark=" + mark;
    }

    private CompletableFuture<HttpResponse<String>> waiting(Browserless browser, String mark) {
        return browser.later(browser.request(follow(mbean, mark)).timeout(Duration.ofSeconds(40)));
    }

    private static HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> call) throws Exception {
        return call.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aCallIsAnsweredWhenAJobHasChanged() throws Exception {
        Browserless viewer = loggedIn(TestUsers.VIEWER);
        assertThat(answer(waiting(viewer, "")).body()).as("what is known at first").isEqualTo("{\"mark\":\"0\"}");

        CompletableFuture<HttpResponse<String>> call = waiting(viewer, "0");
        assertThat(viewer.get("videos/me").statusCode()).isEqualTo(200);
        assertThat(call).isNotDone();
        jobs.change("job-000002", "progress", 50);

        assertThat(answer(call).body()).isEqualTo("{\"mark\":\"1\"}");
        assertThat(answer(call).headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void waitingCallsHoldNoThreads() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        Browserless last = null;
        for (int i = 0; i < LOGINS; i++) {
            last = loggedIn(TestUsers.VIEWER);
            for (int k = 0; k < CALLS_OF_A_LOGIN; k++) {
                calls.add(waiting(last, "0"));
            }
        }
        assertThat(last.get("videos/me").statusCode()).as("others are served").isEqualTo(200);
        CompletableFuture<HttpResponse<String>> oneMore = waiting(last, "0");
        await().atMost(Duration.ofSeconds(10)).until(() -> calls.stream().filter(CompletableFuture::isDone).count() == 1);
        assertThat(calls.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow().join().body())
                .as("one of a login with too many: nothing has changed").isEqualTo("{\"mark\":\"0\"}");

        jobs.change("job-000002", "progress", 50);

        assertThat(answer(oneMore).body()).isEqualTo("{\"mark\":\"1\"}");
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            assertThat(answer(call).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aLogoutEndsTheCall() throws Exception {
        Browserless viewer = loggedIn(TestUsers.VIEWER);
        CompletableFuture<HttpResponse<String>> call = waiting(viewer, "0");
        await().atMost(Duration.ofSeconds(20)).until(() -> jobs.questions() > 0);

        viewer.get("auth/logout");

        assertThat(answer(call).statusCode()).isEqualTo(403);
        assertThat(viewer.get(follow(mbean, "0")).statusCode()).isIn(401, 403);
    }

    @Test
    void theEndOfTheJobsEndsTheCall() throws Exception {
        CompletableFuture<HttpResponse<String>> call = waiting(loggedIn(TestUsers.VIEWER), "0");

        jobs.close();

        assertThat(answer(call).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "java.lang:type=Memory", "org.apache.camel:context=*,type=services,name=VideoJobs", "no name",
            "org.apache.camel:context=followed,type=context,name=VideoJobs"})
    void onlyJobsAreFollowed(String other) {
        assertThat(loggedIn(TestUsers.MANAGER).get(follow(other, "")).statusCode()).isEqualTo(400);
    }

    @Test
    void aStrangeMarkIsRefused() {
        assertThat(loggedIn(TestUsers.VIEWER).get(follow(mbean, "%22%3E%3Cscript")).statusCode()).isEqualTo(400);
        assertThat(loggedIn(TestUsers.VIEWER).get(follow(mbean, "x".repeat(101))).statusCode()).isEqualTo(400);
    }

    @Test
    void nobodyFollowsWithoutALoginOrFromAnotherPage() {
        assertThat(new Browserless(console).get(follow(mbean, "")).statusCode()).isIn(401, 403);
        Browserless viewer = loggedIn(TestUsers.VIEWER);
        assertThat(viewer.send(viewer.request(follow(mbean, "")).header("Sec-Fetch-Site", "same-site")).statusCode()).isEqualTo(403);
    }
}
