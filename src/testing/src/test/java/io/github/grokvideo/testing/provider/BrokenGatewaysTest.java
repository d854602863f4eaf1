// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import example.PromptGateway;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.job.VideoRequestBuilder;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.VideoProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The contract finds what is wrong with a gateway: each is a good one with one broken method. */
class BrokenGatewaysTest {

    private static final Path GOOD_CASES = Path.of("src/test/resources/example/prompts");
    private static VideoProvider broken;
    private static GatewayCases cases;

    @BeforeEach
    void theGoodOne() {
        broken = new PromptGateway();
        cases = GatewayCases.directory(GOOD_CASES);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("name", call -> null, "settings", "a name", "name() returned null"),
                fault("limits", call -> new ProviderLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 1, 0, false),
                        "settings", "limits", "pollInterval"),
                fault("poll", call -> HttpCall.get("/videos/" + call[0]), "settings", "ids are encoded in paths", "poll()"),
                fault("submitted", call -> null, "untrustedAnswers", "anything at any status", "submitted() returned null"),
                fault("submitted", call -> {
                    throw new IllegalStateException("no JSON");
                }, "untrustedAnswers", "cut off or garbled", "submitted() threw java.lang.IllegalStateException: no JSON"),
                fault("submitted", call -> new SubmitAnswer.Accepted("1", null),
                        "untrustedAnswers", "only some statuses prove that no job was created",
                        "accepts a job that the answer does not name"),
                fault("submitted", call -> new SubmitAnswer.Rejected(error(""), false, null),
                        "untrustedAnswers", "only some statuses prove that no job was created", "a job may have been created"),
                fault("submitted", call -> new SubmitAnswer.Unknown(error(((HttpAnswer) call[0]).body())),
                        "secrets", "in answers", "a secret would be shown"),
                fault("polled", call -> new PollAnswer.Done(null, null, null),
                        "untrustedAnswers", "anything at any status", "Done without a URL"),
                fault("polled", call -> new PollAnswer.NoAnswer(((HttpAnswer) call[1]).body(), false, null),
                        "untrustedAnswers", "anything at any status", "characters of an answer would be shown"),
                fault("polled", call -> new PollAnswer.NoAnswer(((HttpAnswer) call[1]).body(), false, null),
                        "secrets", "in answers", "a secret would be shown"),
                fault("polled", call -> new PollAnswer.Failed(JobState.DOWNLOADED, error(""), null),
                        "untrustedAnswers", "JSON that nobody would send", "it must be FAILED"),
                fault("polled", call -> new PollAnswer.Failed(JobState.FAILED, error(""), null),
                        "untrustedAnswers", "only answers about the job end it", "polled() ends the job"),
                fault("cancelled", call -> new CancelAnswer.Cancelled(Charged.NO, null),
                        "untrustedAnswers", "only answers about the job end it", "cancelled() ends the job"),
                fault("resolve", call -> resolved(((VideoRequest) call[0]).toBuilder().model("grok-imagine-video")),
                        "nothingIsDropped", "random requests", "replaces the model"),
                fault("resolve", call -> resolved(((VideoRequest) call[0]).toBuilder()),
                        "nothingIsDropped", "one field more: a prompt", "is neither sent nor named by a violation"),
                fault("resolve", call -> resolved(((VideoRequest) call[0]).toBuilder(), new Violation("user", "a?sig=topsecret", "no")),
                        "secrets", "in requests", "the query of a URL would be shown"),
                fault("resolve", call -> resolved(((VideoRequest) call[0]).toBuilder()), "caseFiles", "no prompt", "[prompt]"));
    }

    /** @param call the arguments of the method, to what it returns */
    private static Arguments fault(String method, Function<Object[], Object> call, String group, String test, String message) {
        return Arguments.of(method, call, group, test, message);
    }

    private static JobError error(String message) {
        return JobError.of(ErrorType.SUBMIT_REJECTED, message, Charged.NO);
    }

    private static ResolvedRequest resolved(VideoRequestBuilder request, Violation... violations) {
        VideoRequest given = request.build();
        return new ResolvedRequest(request.model(given.model() == null ? "grok-imagine-video" : given.model())
                .mode(given.mode() == null ? Mode.TEXT_TO_VIDEO : given.mode()).build(), List.of(violations), null);
    }

    @ParameterizedTest(name = "{0}() fails \"{3}\": {4}")
    @MethodSource("faults")
    void aFaultIsFound(String method, Function<Object[], Object> code, String group, String test, String message) {
        broken = with(method, code);

        assertThat(failures(selectMethod(Broken.class, group))).hasEntrySatisfying(test, failure -> assertThat(failure).contains(message));
    }

    private static VideoProvider with(String broken, Function<Object[], Object> code) {
        VideoProvider good = new PromptGateway();
        return (VideoProvider) Proxy.newProxyInstance(VideoProvider.class.getClassLoader(), new Class<?>[] {VideoProvider.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals(broken)) {
                        return code.apply(arguments);
                    }
                    if (method.getName().equals("cancel") && broken.equals("cancelled")) {
                        return Optional.of(HttpCall.delete("/videos"));
                    }
                    try {
                        return method.invoke(good, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void theGoodOnePasses() {
        assertThat(failures(selectClass(Broken.class))).isEmpty();
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path empty) {
        cases = GatewayCases.directory(empty);

        assertThat(failures(selectMethod(Broken.class, "caseFiles"))).containsOnlyKeys("requests", "submits", "polls")
                .hasEntrySatisfying("polls", failure -> assertThat(failure).contains("add cases in " + empty + "/polls.json"));
    }

    @Test
    void whatACaseDoesNotCheckIsAnError(@TempDir Path directory) throws IOException {
        for (String file : List.of("requests.json", "submits.json")) {
            Files.copy(GOOD_CASES.resolve(file), directory.resolve(file));
        }
        Files.writeString(directory.resolve("polls.json"), """
                [{"name": "misspelt", "body": {"status": "pending"}, "outcome": "pending", "runing": false},
                 {"name": "wrong", "body": {"status": "pending"}, "outcome": "done"}]
                """);
        cases = GatewayCases.directory(directory);

        assertThat(failures(selectMethod(Broken.class, "caseFiles"))).containsOnlyKeys("misspelt", "wrong")
                .hasEntrySatisfying("misspelt", failure -> assertThat(failure).contains("unknown properties [runing]"))
                .hasEntrySatisfying("wrong", failure -> assertThat(failure).contains("expected: <done> but was: <pending>"));
    }

    /** @return the messages of the tests of the contract that fail, by the tests' names */
    private static Map<String, String> failures(DiscoverySelector tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request().selectors(tests).build(), listener);
        assertThat(listener.getSummary().getTestsFoundCount()).isPositive();
        Map<String, String> failures = new TreeMap<>();
        listener.getSummary().getFailures().forEach(
                failure -> failures.put(failure.getTestIdentifier().getDisplayName(), failure.getException().getMessage()));
        return failures;
    }

    /** Run by this test only. */
    static class Broken extends VideoProviderContract {

        @Override
        protected VideoProvider provider() {
            return broken;
        }

        @Override
        protected GatewayCases cases() {
            return cases;
        }
    }
}
