// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.grokvideo.component.engine.core.EngineErrors;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.UploadAnswer;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.checked.CheckedProvider;
import io.github.grokvideo.component.provider.checked.ProviderRules;
import io.github.grokvideo.component.provider.checked.TimeLimit;
import io.github.grokvideo.component.transport.GatewayAccess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All that a user's provider may do wrong, in every method: a call ends with a typed error, or waits on and says so. It never hangs, and
 * nothing is ever sent twice.
 */
@Timeout(60)
class ProviderFaultsTest extends EngineTestBase {

    private static final JobError SOME = JobError.of(ErrorType.JOB_FAILED, "some", Charged.UNKNOWN);
    private static final Duration HOUR = Duration.ofHours(1);
    private final Map<String, Function<Object[], Object>> overridden = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hung = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        hung.countDown();
        threads.shutdownNow();
    }

    /** @param method a name with the number of its parameters where it has several */
    private static String key(Method method) {
        return method.getName().equals("balance") ? "balance/" + method.getParameterCount() : method.getName();
    }

    private VideoProvider provider() {
        return (VideoProvider) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { VideoProvider.class },
                (proxy, method, arguments) -> {
                    Function<Object[], Object> own = overridden.get(key(method));
                    if (own != null) {
                        return own.apply(arguments);
                    }
                    if (method.getName().equals("equals")) {
                        return proxy == arguments[0];
                    }
                    try {
                        return method.invoke(gateway, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private VideoAccount account() {
        return account(provider());
    }

    private VideoAccount account(VideoProvider provider) {
        return new VideoAccount("default", provider, new GatewayAccess(java.net.URI.create("http://gateway.test/v1"), "secret-key"), null,
                null, null, null, 0, false);
    }

    private void answers(String method, Object answer) {
        overridden.put(method, arguments -> answer);
    }

    private CompletableFuture<VideoJob> generate(String jobId) {
        return submit(order(jobId, "a secret cat", "key", account()));
    }

    private static Stream<Function<Object[], Object>> misdeeds() {
        return Stream.of(named("null", arguments -> null), named("exception", arguments -> {
            throw new IllegalStateException("a bug");
        }), named("error", arguments -> {
            throw new NoClassDefFoundError("com/acme/Missing");
        }), named("overflow", arguments -> {
            throw new StackOverflowError();
        }));
    }

    private static Function<Object[], Object> named(String name, Function<Object[], Object> misdeed) {
        return new Function<>() {
            @Override
            public Object apply(Object[] arguments) {
                return misdeed.apply(arguments);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }

    private static Stream<Arguments> each(String method, Object... wrong) {
        return Stream.concat(misdeeds(), Arrays.stream(wrong).map(value -> named(String.valueOf(value), arguments -> value)))
                .map(misdeed -> Arguments.of(method, misdeed));
    }

    static Stream<Arguments> accountFaults() {
        return Stream.of(each("name", "", " ", "two\nlines", "x".repeat(201)), each("limits",
                limits(null, Duration.ofSeconds(1), Duration.ofSeconds(1), 0),
                limits(Duration.ofSeconds(-1), Duration.ofSeconds(1), Duration.ofSeconds(1), 0),
                limits(Duration.ZERO, null, Duration.ofSeconds(1), 0), limits(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), 0),
                limits(Duration.ZERO, Duration.ofSeconds(-5), Duration.ofSeconds(1), 0),
                limits(Duration.ZERO, Duration.ofSeconds(1), null, 0),
                limits(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(-1), 0),
                limits(Duration.ZERO, Duration.ofSeconds(1), Duration.ofDays(99999), 0),
                limits(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), -1),
                limits(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), Double.NaN)))
                .flatMap(faults -> faults);
    }

    private static ProviderLimits limits(Duration first, Duration shortest, Duration longest, double submits) {
        return new ProviderLimits(first, shortest, longest, submits, 1, 0, false);
    }

    @ParameterizedTest
    @MethodSource("accountFaults")
    void anAccountWithoutAUsableNameOrLimitsIsNotMade(String method, Function<Object[], Object> misdeed) {
        overridden.put(method, misdeed);

        assertThatThrownBy(this::account).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(method + "()").hasMessageContaining("is at fault");
    }

    static Stream<Arguments> faultsBeforeThePost() {
        return Stream.of(each("resolve", new ResolvedRequest(null, List.of(), null)), each("submit", calls()))
                .flatMap(faults -> faults);
    }

    private static Object[] calls() {
        return new Object[] { new HttpCall(null, "/v", null), new HttpCall("PATCH", "/v", null), new HttpCall("POST", null, null),
                new HttpCall("POST", "http://elsewhere.example/steal", null), new HttpCall("POST", "/a\r\nHost: other", null),
                new HttpCall("POST", "/v", new HttpCall.Json(null)), new HttpCall("POST", "/v", new HttpCall.Multipart(Map.of(), null)),
                new HttpCall("GET", "/v", Map.of("Host", "other"), null) };
    }

    @ParameterizedTest
    @MethodSource("faultsBeforeThePost")
    void nothingIsSentAndTheCallSaysWhy(String method, Function<Object[], Object> misdeed) {
        overridden.put(method, misdeed);

        GrokVideoException error = error(generate("job-1"));

        assertThat(error).hasMessageContaining(method + "()").hasMessageContaining("'test'");
        assertThat(error.getCharged()).isEqualTo(Charged.NO);
        assertThat(gateway.posts()).isZero();
        overridden.clear();
        assertThat(generate("job-2")).as("its key is free again").isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("faultsBeforeThePost")
    void validateSaysItToo(String method, Function<Object[], Object> misdeed) {
        overridden.put(method, misdeed);
        CompletableFuture<ResolvedRequest> answer = engine.validate(order("job-1", "a cat", null, account()));

        if (method.equals("resolve")) {
            assertThat(error(answer)).hasMessageContaining("resolve()");
        } else {
            assertThat(answer).isCompleted();
        }
    }

    static Stream<Arguments> faultsWithTheAnswer() {
        return each("submitted", new SubmitAnswer.Accepted(null, null), new SubmitAnswer.Accepted("", null),
                new SubmitAnswer.Accepted(" \n", null), new SubmitAnswer.Accepted("task\r\nSet-Cookie: x", null),
                new SubmitAnswer.Accepted("t".repeat(1001), null),
                new SubmitAnswer.Accepted("task\u0000", null), new SubmitAnswer.Rejected(null, false, null),
                new SubmitAnswer.Rejected(null, true, Duration.ofSeconds(1)), new SubmitAnswer.Unknown(null));
    }

    @ParameterizedTest
    @MethodSource("faultsWithTheAnswer")
    void aPaidJobsAnswerThatCannotBeReadLeavesTheSubmitUnknownWithItsGist(String method, Function<Object[], Object> misdeed) {
        overridden.put(method, misdeed);
        gateway.submitScript.add(TestGateway.status(200, "{\"data\":{\"id\":\"task-77\",\"prompt\":\"a secret cat\",\"state\":\"queued\","
                + "\"note\":\"a secret cat\"},\"request_id\":\"r-1\",\"url_id\":\"https://files.test/v.mp4?sig=s3cret\"}"));

        GrokVideoException error = error(generate("job-1"));

        assertThat(error.getError().type()).isEqualTo(ErrorType.SUBMIT_UNKNOWN);
        assertThat(error).hasMessageContaining("data.id=task-77").hasMessageContaining("data.state=queued").hasMessageContaining("HTTP 200")
                .hasMessageContaining("submitted()").hasMessageNotContaining("secret cat").hasMessageNotContaining("s3cret");
        assertThat(error.getCharged()).isEqualTo(Charged.UNKNOWN);
        assertThat(job("job-1").error().message()).contains("task-77");
        overridden.clear();
        assertThat(error(generate("job-2")).getError().type()).isEqualTo(ErrorType.SUBMIT_UNKNOWN);
        assertThat(gateway.posts()).isEqualTo(1);
        engine.operations().adopt("job-1", "task-77");
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void theGistOfAnAnswerThatIsNoJsonIsItsTextWithoutThePrompt() {
        overridden.put("submitted", arguments -> null);
        gateway.submitScript.add(TestGateway.status(201, "created task-78 for 'a secret cat'\r\n at https://x.test/?key=s3cret"));

        assertThat(error(generate("job-1"))).hasMessageContaining("created task-78 for '(prompt)'").hasMessageNotContaining("s3cret");
    }

    @Test
    void aDoubtThatTheProviderSeesInASuccessHasTheGistToo() {
        answers("submitted", new SubmitAnswer.Unknown(EngineErrors.submitUnknown("no usable task id")));
        gateway.submitScript.add(TestGateway.status(200, "{\"task\":\"ü 1\"}"));

        assertThat(error(generate("job-1"))).hasMessageContaining("no usable task id").hasMessageContaining("task=ü 1");
    }

    @Test
    void aTaskIdIsTheGatewaysBusinessAndIsEncodedWhereItStands() {
        gateway.submitScript.add(TestGateway.status(200, " tâche №1/ü \n"));
        CompletableFuture<VideoJob> accepted = generate("job-1");
        timer.advance(Duration.ofMinutes(1));

        assertThat(accepted).isCompletedWithValueMatching(job -> job.taskId().equals("tâche №1/ü"));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(gateway.calls).filteredOn(call -> call.path().startsWith("/poll/"))
                .allSatisfy(call -> assertThat(call.path()).isEqualTo("/poll/t%C3%A2che%20%E2%84%961/%C3%BC"));
    }

    @Test
    void aRetryAfterOutOfAllBoundsIsNotAnEndlessWait() {
        answers("submitted", new SubmitAnswer.Rejected(SOME.withCharged(Charged.NO), true, Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(error(generate("job-1")).getError().type()).isEqualTo(ErrorType.JOB_FAILED);
        answers("submitted", new SubmitAnswer.Rejected(SOME, true, Duration.ofSeconds(-9)));
        CompletableFuture<VideoJob> answer = generate("job-2");
        timer.advance(Duration.ofMinutes(2));
        assertThat(answer).isCompletedExceptionally();
    }

    static Stream<Arguments> faultsOfPolls() {
        return Stream.of(each("polled", new PollAnswer.Failed(null, SOME, null), new PollAnswer.Failed(JobState.FAILED, null, null),
                new PollAnswer.Failed(JobState.DELIVERED, SOME, null), new PollAnswer.NotFound(null), new PollAnswer.Refused(null)),
                each("poll", calls())).flatMap(faults -> faults);
    }

    @ParameterizedTest
    @MethodSource("faultsOfPolls")
    void aJobWhoseStatusCannotBeReadIsWaitedFor(String method, Function<Object[], Object> misdeed) {
        generate("job-1");
        overridden.put(method, misdeed);
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        timer.advance(Duration.ofMinutes(10));

        assertThat(video).isNotDone();
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
        assertThat(job("job-1").misses()).as("it is seen that nothing is learned").isGreaterThan(3);
        overridden.clear();
        timer.advance(Duration.ofMinutes(10));
        assertThat(video).isCompleted();
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void wildValuesOfAPollAreMadeTame() {
        generate("job-1");
        answers("polled", new PollAnswer.Pending(true, 4711, Duration.ofSeconds(Long.MAX_VALUE)));
        timer.advance(Duration.ofMinutes(1));
        assertThat(job("job-1").progress()).isEqualTo(99);
        overridden.clear();
        timer.advance(Duration.ofHours(25));
        assertThat(job("job-1").state()).isEqualTo(JobState.DOWNLOADED);
    }

    @Test
    void doneWithoutAUrlOrContentIsToldAndAskedOn() {
        generate("job-1");
        answers("polled", new PollAnswer.Done(" ", null, null));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        timer.advance(Duration.ofMinutes(10));

        assertThat(error(video).getError().type()).isEqualTo(ErrorType.DOWNLOAD_FAILED);
        assertThat(error(video)).hasMessageContaining("gave no URL");
        assertThat(gateway.posts()).isEqualTo(1);
    }

    static Stream<Arguments> faultsOfContent() {
        return each("content", Optional.of(calls()[4]));
    }

    @ParameterizedTest
    @MethodSource("faultsOfContent")
    void aContentCallThatCannotBeMadeIsToldAndTriedAgain(String method, Function<Object[], Object> misdeed) {
        generate("job-1");
        overridden.put(method, misdeed);
        gateway.downloadScript.add(TestGateway.broken(io.github.grokvideo.component.transport.DownloadException.Kind.URL_EXPIRED));
        CompletableFuture<VideoJob> video = await("job-1", HOUR);
        timer.advance(Duration.ofMinutes(10));

        assertThat(video).isCompletedWithValueMatching(job -> job.state() == JobState.DOWNLOADED);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    static Stream<Arguments> faultsOfLookups() {
        return Stream.of(each("lookup", Optional.of(calls()[4])), each("lookedUp", Optional.of(""), Optional.of("a\nb")))
                .flatMap(faults -> faults);
    }

    @ParameterizedTest
    @MethodSource("faultsOfLookups")
    void aLookUpThatCannotBeMadeOrReadLeavesTheSubmitUnknown(String method, Function<Object[], Object> misdeed) {
        gateway.lookups = true;
        overridden.put(method, misdeed);
        gateway.submitScript.add(TestGateway.lost());
        CompletableFuture<VideoJob> answer = generate("job-1");
        timer.advance(Duration.ofMinutes(5));

        assertThat(error(answer).getError().type()).isEqualTo(ErrorType.SUBMIT_UNKNOWN);
        assertThat(gateway.posts()).isEqualTo(1);
    }

    static Stream<Arguments> faultsOfMedia() {
        return Stream.of(each("mediaForms"), each("upload", Optional.empty(), Optional.of(calls()[4])),
                each("uploaded", new UploadAnswer.Uploaded(null), new UploadAnswer.Uploaded(new Media.Bytes(new byte[1], null)),
                        new UploadAnswer.Refused(null))).flatMap(faults -> faults);
    }

    @ParameterizedTest
    @MethodSource("faultsOfMedia")
    void mediaThatCannotBeBroughtThereEndTheCallUncharged(String method, Function<Object[], Object> misdeed) {
        gateway.mediaForms = Set.of(MediaForm.UPLOAD);
        overridden.put(method, misdeed);
        VideoOrder plain = order("job-1", "a cat", "key", account());
        CompletableFuture<VideoJob> answer = submit(VideoOrder.builder("job-1", plain.account(), VideoRequest.builder().prompt("a cat")
                .images(List.of(new Media.Bytes(new byte[] {1}, "image/png"))).build())
                .jobKey("key").onFailedKey(plain.onFailedKey()).submitUnknown(plain.submitUnknown()).waiter(waiter).build());

        assertThat(error(answer).getCharged()).isEqualTo(Charged.NO);
        assertThat(gateway.posts()).isZero();
    }

    static Stream<Arguments> faultsOfBalances() {
        return Stream.of(each("balance/0", Optional.of(calls()[4])), each("balance/1", new BalanceAnswer.Refused(null)))
                .flatMap(faults -> faults);
    }

    @ParameterizedTest
    @MethodSource("faultsOfBalances")
    void aBalanceThatCannotBeAskedIsATypedError(String method, Function<Object[], Object> misdeed) {
        answers("balance/0", Optional.of(HttpCall.get("/balance")));
        answers("balance/1", new BalanceAnswer.Balance(Cost.usd("1"), null));
        overridden.put(method, misdeed);
        gateway.pollScript.add(TestGateway.status(200));

        assertThat(error(engine.balance(account()))).hasMessageContaining("balance()");
    }

    @Test
    void whyThereIsNoBalanceMayNotBeNullEither() {
        answers("balance/0", Optional.empty());
        answers("balanceUnsupported", null);

        assertThat(error(engine.balance(account()))).hasMessageContaining("balanceUnsupported()");
    }

    @Test
    void aStatusOfAForeignTaskThatCannotBeReadIsATypedError() {
        answers("polled", null);
        gateway.pollScript.add(TestGateway.status(200));
        assertThat(error(engine.status(account(), "task-x"))).hasMessageContaining("polled()");
        answers("poll", null);
        assertThat(error(engine.status(account(), "task-x"))).hasMessageContaining("poll()");
    }

    @Test
    void aTaskIdOfTheUsersIsCheckedBeforeItIsKept() {
        for (String wrong : List.of("task\r\nX: y", " ", "t".repeat(1001))) {
            assertThat(error(engine.adopt(account(), wrong, null, false))).isInstanceOf(InvalidRequestException.class);
            assertThat(error(engine.status(account(), wrong))).isInstanceOf(InvalidRequestException.class);
        }
        assertThat(jobs()).isEmpty();
    }

    /** Its thread is the gateway's, not the engine's. */
    private VideoAccount impatientAccount() {
        return account(CheckedProvider.of(provider(), new TimeLimit(threads, Duration.ofMillis(200))));
    }

    private void hangs(String method) {
        overridden.put(method, arguments -> {
            try {
                hung.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
    }

    @Test
    void codeThatNeverReturnsBeforeThePostEndsTheCallUncharged() {
        for (String method : List.of("resolve", "submit")) {
            VideoAccount account = impatientAccount();
            hangs(method);
            GrokVideoException error = error(submit(order("job-" + method, "a cat", null, account)));
            assertThat(error).hasMessageContaining(method + "() has not returned within 200ms");
            assertThat(error.getCharged()).isEqualTo(Charged.NO);
            overridden.clear();
        }
        assertThat(gateway.posts()).isZero();
    }

    @Test
    void codeThatNeverReturnsWithAnAnswerLeavesItUnknownOrWaits() {
        VideoAccount account = impatientAccount();
        hangs("submitted");
        assertThat(error(submit(order("job-1", "a cat", null, account))).getError().type()).isEqualTo(ErrorType.SUBMIT_UNKNOWN);
        overridden.clear();
        submit(order("job-2", "a cat", null, account));
        hangs("polled");
        timer.advance(Duration.ofSeconds(20));
        assertThat(job("job-2").state()).isEqualTo(JobState.ACCEPTED);
        overridden.clear();
        timer.advance(Duration.ofMinutes(10));
        assertThat(job("job-2").state()).isEqualTo(JobState.DOWNLOADED);
        assertThat(gateway.posts()).isEqualTo(2);
    }

    @Test
    void codeThatKeepsHangingIsNotCalledAnyMoreUntilItReturns() {
        VideoAccount account = impatientAccount();
        hangs("resolve");
        for (int i = 0; i < 8; i++) {
            assertThat(error(submit(order("job-" + i, "a cat", null, account)))).hasMessageContaining("has not returned");
        }
        assertThat(error(submit(order("job-8", "a cat", null, account)))).hasMessageContaining("was not called");
        hung.countDown();
        overridden.clear();
        org.awaitility.Awaitility.await().until(() -> !submit(order("job-9", "a cat", null, account)).isCompletedExceptionally());
        assertThat(gateway.posts()).isEqualTo(1);
    }

    @Test
    void anErrorThatTheProviderMeansIsTheCallsOwn() {
        Supplier<RuntimeException> meant = () -> InvalidRequestException.of("test", "m", List.of());
        overridden.put("submit", arguments -> {
            throw meant.get();
        });

        assertThat(error(generate("job-1"))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aPathIsSentAsItIsWhereItCanBe() {
        HttpCall call = HttpCall.post("/a%20b?c=d&e=%C3%BC", JsonNodeFactory.instance.objectNode());
        assertThat(ProviderRules.sendable(call)).isSameAs(call);
    }
}
