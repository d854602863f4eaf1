// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.engine.WebhookResult.Outcome;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.WebhookVerdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A notice is a reason to poll now, and nothing more. */
class WebhookTest extends EngineTestBase {

    private static final String KEY_SET =
            "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"ql49VO9oK5APt8_ZkPSwHKvcgZF_QoklbeqDSNTMonc\"}]}";

    /** A path like {@code /task-1/notice-1} is signed with the first secret if it begins with it. */
    static class PathRules implements WebhookRules {

        @Override
        public WebhookVerdict verify(WebhookNotice notice, WebhookKeys keys, Instant now) {
            String[] parts = notice.path().split("/");
            if (parts.length == 2) {
                return new WebhookVerdict.Verified(null, null, parts[1]);
            }
            return parts.length == 3 ? parts[1].startsWith("job-") ? new WebhookVerdict.Verified(null, parts[1], parts[2])
                    : new WebhookVerdict.Verified(parts[1], null, parts[2])
                    : new WebhookVerdict.Refused(WebhookVerdict.Reason.FORGED);
        }

        @Override
        public String callbackUrl(String publicUrl, String jobId, WebhookKeys keys) {
            return publicUrl + "/" + jobId;
        }
    }

    private final AccountWebhooks webhooks =
            new AccountWebhooks(new PathRules(), new WebhookKeys(List.of("s"), List.of()), null, "https://hooks.test");
    private VideoAccount account;

    static VideoAccount account(VideoAccount plain, AccountWebhooks webhooks) {
        return new VideoAccount(plain.name(), plain.provider(), plain.access(), null, Duration.ofMinutes(10), Duration.ofMinutes(10),
                null, 0, false, webhooks, 1, AccountCosts.NONE, Map.of());
    }

    @BeforeEach
    void submitted() {
        account = account(gateway.account(), webhooks);
        gateway.pollScript.add(TestGateway.status(202, "50"));
        submit(order("job-1", "a cat", "key", account));
        timer.advance(Duration.ofMinutes(11));
        assertThat(gateway.polls()).isEqualTo(1);
    }

    private CompletableFuture<WebhookResult> begun(VideoAccount account, String path) {
        CompletableFuture<WebhookResult> result = engine.notice(account, new WebhookNotice(path, null, null));
        timer.runDue();
        return result;
    }

    private WebhookResult notice(String path) {
        return begun(account, path).join();
    }

    @Test
    void aVerifiedNoticeIsOneStatusQueryNow() {
        WebhookResult result = notice("/task-1/n-1");

        assertThat(result.outcome()).isEqualTo(Outcome.POLLED);
        assertThat(result.jobId()).isEqualTo("job-1");
        assertThat(result.sooner()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(12));
        assertThat(gateway.polls()).isEqualTo(2);
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(notice("/task-1/n-2").outcome()).isEqualTo(Outcome.SETTLED);
        assertThat(gateway.polls()).isEqualTo(2);
    }

    @Test
    void aNoticeThatSaysMoreThanTheGatewayChangesNothing() {
        gateway.pollScript.add(TestGateway.status(202, "60"));

        assertThat(notice("/task-1/n-1").outcome()).isEqualTo(Outcome.POLLED);
        assertThat(job("job-1").state()).isEqualTo(JobState.RUNNING);
        assertThat(notice("/task-1/n-1").outcome()).isEqualTo(Outcome.REPLAYED);
        assertThat(notice("/job-1/n-1").outcome()).isEqualTo(Outcome.REPLAYED);
        assertThat(gateway.polls()).isEqualTo(2);
    }

    @Test
    void aNoticeAboutNothingOfTheAccountHasNoEffect() {
        assertThat(notice("/task-9/n-1").outcome()).isEqualTo(Outcome.UNKNOWN_TASK);
        assertThat(notice("/job-9/n-2").outcome()).isEqualTo(Outcome.UNKNOWN_TASK);
        assertThat(notice("/n-3").outcome()).isEqualTo(Outcome.IGNORED);
        assertThat(notice("/forged/by/a/stranger").outcome()).isEqualTo(Outcome.FORGED);
        VideoAccount other = account(gateway.account("other", 0), webhooks);
        engine.register(other);
        assertThat(begun(other, "/task-1/n-4").join().outcome()).isEqualTo(Outcome.UNKNOWN_TASK);
        assertThat(begun(other, "/job-1/n-5").join().outcome()).isEqualTo(Outcome.UNKNOWN_TASK);
        assertThat(begun(gateway.account(), "/job-1/n-6").join().outcome()).isEqualTo(Outcome.UNCONFIGURED);
        assertThat(gateway.polls()).isEqualTo(1);
    }

    @Test
    void aNoticeThatIsFasterThanTheSubmitsAnswerIsNotLost() {
        gateway.submitScript.addAll(List.of("hold", "hold", "hold"));
        for (String jobId : List.of("job-2", "job-3", "job-4")) {
            submit(order(jobId, jobId, jobId, account));
        }
        assertThat(notice("/task-early/n-2").outcome()).isEqualTo(Outcome.UNKNOWN_TASK);
        WebhookResult byJob = notice("/job-3/n-3");
        assertThat(byJob.outcome()).as("it is not at the gateway yet").isEqualTo(Outcome.UNKNOWN_TASK);
        assertThat(byJob.jobId()).isEqualTo("job-3");

        gateway.pollScript.addAll(List.of(TestGateway.status(200, "http://files.test/2.mp4"),
                TestGateway.status(200, "http://files.test/3.mp4")));
        gateway.held.get(0).complete(TestGateway.status(200, "task-early"));
        gateway.held.get(1).complete(TestGateway.status(200, "task-3"));
        gateway.held.get(2).complete(TestGateway.status(200, "task-4"));
        timer.runDue();

        assertThat(List.of(job("job-2").state(), job("job-3").state(), job("job-4").state()))
                .containsExactly(JobState.DOWNLOADED, JobState.DOWNLOADED, JobState.ACCEPTED);
        assertThat(gateway.polls()).as("one for each that has a notice").isEqualTo(3);
    }

    @Test
    void aBodyThatIsTooLongIsNotVerified() {
        WebhookNotice longest = new WebhookNotice("/task-1/n-1", null, new byte[WebhookNotice.MAX_BODY]);
        WebhookNotice longer = new WebhookNotice("/task-1/n-1", null, new byte[WebhookNotice.MAX_BODY + 1]);

        assertThat(engine.notice(account, longer).join().outcome()).isEqualTo(Outcome.OVERSIZED);
        assertThat(engine.notice(account, longest).join().outcome()).isEqualTo(Outcome.POLLED);
    }

    @Test
    void aNoticeThatTheStoreDidNotTakeIsNewWhenItIsRepeated() {
        store.away = question -> question.equals("findByTask");
        assertThat(notice("/task-1/n-1").outcome()).isEqualTo(Outcome.UNAVAILABLE);
        store.away = question -> false;

        assertThat(notice("/task-1/n-1").outcome()).isEqualTo(Outcome.POLLED);
        assertThat(gateway.polls()).isEqualTo(2);
    }

    @Test
    void aQueryInFlightMayHaveBeenTooEarlySoAnotherFollows() {
        gateway.pollScript.add("hold");
        CompletableFuture<?> asked = engine.operations().pollNow("job-1");
        timer.runDue();
        assertThat(notice("/task-1/n-1").outcome()).isEqualTo(Outcome.POLLED);
        assertThat(notice("/task-1/n-2").outcome()).isEqualTo(Outcome.POLLED);
        gateway.pollScript.add(TestGateway.status(202, "90"));
        gateway.held.get(0).complete(TestGateway.status(202, "80"));
        timer.advance(Duration.ofSeconds(2));

        assertThat(asked).isDone();
        assertThat(gateway.polls()).as("one after the one in flight").isEqualTo(3);
        assertThat(job("job-1").progress()).isEqualTo(90);
    }

    @Test
    void noticesKeepTheRateLimitOfStatusQueries() {
        gateway.pollsPerSecond = 1;
        VideoAccount slow = account(gateway.account("slow", 0), webhooks);
        for (int i = 2; i <= 6; i++) {
            submit(order("job-" + i, "a cat", "key-" + i, slow));
            gateway.pollScript.add(TestGateway.status(202, "60"));
        }
        for (int i = 2; i <= 6; i++) {
            assertThat(begun(slow, "/job-" + i + "/n-" + i).join().outcome()).isEqualTo(Outcome.POLLED);
        }
        assertThat(gateway.polls()).as("one query in a second").isEqualTo(2);
        timer.advance(Duration.ofSeconds(5));
        assertThat(gateway.polls()).isEqualTo(6);
    }

    @Test
    void theGatewayIsToldWhereToReportUnlessTheRequestOrTheModelSaysOtherwise() {
        String bodies = sent();
        assertThat(bodies).contains("https://hooks.test/job-1");
        assertThat(job("job-1").request().callbackUrl()).isNull();

        engine.submit(VideoOrder.builder("job-2", account, VideoRequest.builder().prompt("a dog")
                .callbackUrl("https://mine.test").build()).waiter(waiter).build());
        gateway.takesCallbacks = false;
        submit(order("job-3", "a fox", null, account));

        assertThat(gateway.posts()).isEqualTo(3);
        assertThat(sent()).contains("https://mine.test").doesNotContain("job-2").doesNotContain("job-3");
    }

    private String sent() {
        return gateway.calls.stream().filter(call -> call.body() instanceof HttpCall.Json)
                .map(call -> ((HttpCall.Json) call.body()).content().toString()).toList().toString();
    }

    private long pollsIn(Duration time) {
        long before = gateway.polls();
        timer.advance(time);
        return gateway.polls() - before;
    }

    private void open(String jobId, VideoAccount of) {
        for (int i = 0; i < 50; i++) {
            gateway.pollScript.add(TestGateway.status(202));
        }
        submit(order(jobId, "a cat", jobId, of));
    }

    private void end(String jobId) {
        gateway.pollScript.clear();
        gateway.pollScript.add(TestGateway.status(200, "http://files.test/" + jobId + ".mp4"));
    }

    @Test
    void statusQueriesAreASafetyNetWhileNoticesArrive() {
        notice("/task-1/n-0");
        VideoAccount plain = gateway.account("thin", 0);
        VideoAccount thin = new VideoAccount(plain.name(), plain.provider(), plain.access(), null, null, null, null, 0, false,
                new AccountWebhooks(new PathRules(), new WebhookKeys(List.of("s"), List.of()), null, null, Duration.ofMinutes(5)),
                1, AccountCosts.NONE, Map.of());
        open("job-2", thin);
        assertThat(pollsIn(Duration.ofMinutes(1))).as("no notice has arrived yet").isGreaterThan(5);
        end("job-2");
        assertThat(begun(thin, "/job-2/n-2").join().outcome()).isEqualTo(Outcome.POLLED);

        open("job-3", thin);
        assertThat(pollsIn(Duration.ofMinutes(4))).isZero();
        assertThat(pollsIn(Duration.ofMinutes(2))).isEqualTo(1);
        assertThat(begun(thin, "/job-3/n-3").join().outcome()).isEqualTo(Outcome.POLLED);
        assertThat(pollsIn(Duration.ofMinutes(2))).as("a job whose notice came too early").isGreaterThan(1);
        end("job-3");
        timer.advance(Duration.ofMinutes(2));
        assertThat(job("job-3").state()).isEqualTo(JobState.DOWNLOADED);

        open("job-4", thin);
        assertThat(pollsIn(Duration.ofMinutes(1))).isZero();
        end("job-4");
        timer.advance(Duration.ofMinutes(6));
        assertThat(job("job-4").state()).isEqualTo(JobState.DOWNLOADED);
        open("job-5", thin);
        assertThat(pollsIn(Duration.ofMinutes(1))).as("a job ended without a notice").isGreaterThan(5);

        assertThat(begun(thin, "/job-4/n-4").join().outcome()).as("a late notice").isEqualTo(Outcome.SETTLED);
        assertThat(pollsIn(Duration.ofMinutes(30))).isLessThan(9);
        timer.advance(Duration.ofMinutes(35));
        assertThat(pollsIn(Duration.ofMinutes(30))).as("no notice for an hour").isGreaterThan(20);
    }

    /** Takes any key set that has a key. */
    private static final class KeyRules extends PathRules {

        @Override
        public Needs needs() {
            return Needs.PUBLIC_KEYS;
        }

        @Override
        public WebhookVerdict verify(WebhookNotice notice, WebhookKeys keys, Instant now) {
            return keys.publicKeys().isEmpty() || notice.path().contains("forged")
                    ? new WebhookVerdict.Refused(WebhookVerdict.Reason.UNKNOWN_KEY) : super.verify(notice, keys, now);
        }
    }

    private long keyFetches() {
        return gateway.calls.stream().filter(call -> call.path().equals("/keys.json")).count();
    }

    @Test
    void publicKeysAreFetchedWhenOneIsMissingAndAtMostOnceAMinute() {
        account = account(gateway.account(), new AccountWebhooks(new KeyRules(), new WebhookKeys(List.of(), List.of()),
                URI.create("https://keys.test/keys.json"), null));
        gateway.pollScript.add(TestGateway.status(500));
        assertThat(notice("/task-1/n-1").outcome()).as("no keys yet").isEqualTo(Outcome.UNAVAILABLE);
        assertThat(notice("/task-1/n-1").outcome()).isEqualTo(Outcome.UNAVAILABLE);
        assertThat(keyFetches()).isEqualTo(1);

        timer.advance(Duration.ofSeconds(61));
        gateway.pollScript.add(TestGateway.status(200, KEY_SET));
        gateway.pollScript.add(TestGateway.status(202, "60"));
        assertThat(notice("/task-1/n-1").outcome()).isEqualTo(Outcome.POLLED);
        assertThat(notice("/forged/n-2").outcome()).isEqualTo(Outcome.UNKNOWN_KEY);
        assertThat(keyFetches()).isEqualTo(2);

        timer.advance(Duration.ofSeconds(61));
        gateway.pollScript.add(TestGateway.status(500));
        assertThat(notice("/forged/n-3").outcome()).as("its key may be new").isEqualTo(Outcome.UNAVAILABLE);
        gateway.pollScript.add(TestGateway.status(202, "70"));
        assertThat(notice("/task-1/n-4").outcome()).as("the old keys still hold").isEqualTo(Outcome.POLLED);
        assertThat(keyFetches()).isEqualTo(3);
    }
}
