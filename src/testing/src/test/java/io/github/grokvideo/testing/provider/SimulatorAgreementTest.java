// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.KeyPlacement;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.VideoProviders;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulator was written from the same documents by other hands: it takes what we write, and we read what it answers. */
class SimulatorAgreementTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    /** Stored files and earlier tasks it never saw, a webhook nobody configured, fields and models beyond its own. */
    private static final Pattern ITS_OWN_BUSINESS = Pattern.compile(
            "file_id|task:|client_business_id.*callback_url|callback_url.*client_business_id|additionalFields|does not know"
                    + "|grok-video-3|1\\.5-beta|1\\.5-official");
    private static GrokVideoSimulator simulator;

    @BeforeAll
    static void start() {
        simulator = GrokVideoSimulator.builder().port(0).renderTime(Duration.ZERO).queueTime(Duration.ZERO).startingCredit(1_000_000)
                .start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @TestFactory
    Stream<DynamicContainer> takesWhatWeSend() {
        return requests((provider, one) -> {
            VideoRequest request = provider.resolve(one.request()).request();
            HttpCall call = provider.submit(request, UUID.randomUUID().toString());
            HttpAnswer answer = send(provider, call, simulator.apiKey(provider.name()));
            SubmitAnswer submitted = provider.submitted(answer, Instant.now());
            if (ITS_OWN_BUSINESS.matcher(one.json().toString()).find()) {
                assertThat(submitted).isNotInstanceOf(SubmitAnswer.Unknown.class);
            } else {
                assertThat(submitted).as("%s %s", call, answer.body()).isInstanceOf(SubmitAnswer.Accepted.class);
            }
            if (submitted instanceof SubmitAnswer.Accepted accepted) {
                PollAnswer polled = provider.polled(new PollQuery(accepted.taskId()),
                        send(provider, provider.poll(accepted.taskId()), simulator.apiKey(provider.name())), Instant.now());
                assertThat(polled).isInstanceOfAny(PollAnswer.Pending.class, PollAnswer.AskNext.class, PollAnswer.Done.class);
            }
        });
    }

    @TestFactory
    Stream<DynamicContainer> refusesWrongKeysAndUnknownTasks() {
        return requests((provider, one) -> {
            VideoRequest request = provider.resolve(one.request()).request();
            assertThat(provider.submitted(send(provider, provider.submit(request, "j"), "wrong"), Instant.now()))
                    .isInstanceOfSatisfying(SubmitAnswer.Rejected.class,
                            rejected -> assertThat(rejected.error().type()).hasToString("AUTHENTICATION"));
            assertThat(provider.polled(new PollQuery("task-1"), send(provider, provider.poll("no-such-task"), "wrong"), Instant.now()))
                    .isInstanceOf(PollAnswer.Refused.class);
            assertThat(provider.polled(new PollQuery("no-such-task"),
                    send(provider, provider.poll("no-such-task"), simulator.apiKey(provider.name())), Instant.now()))
                    .isInstanceOf(PollAnswer.NotFound.class);
        });
    }

    private static Stream<DynamicContainer> requests(BiConsumer<VideoProvider, Case> check) {
        return VideoProviders.all().stream().map(provider -> DynamicContainer.dynamicContainer(provider.name(),
                GatewayContractsTest.of(provider.name()).of(CaseKind.REQUESTS).stream()
                        .map(one -> DynamicTest.dynamicTest(one.name(), () -> check.accept(provider, one)))));
    }

    private static HttpAnswer send(VideoProvider provider, HttpCall call, String key) {
        String base = simulator.baseUrl(provider.name());
        JsonNode body = call.body() instanceof HttpCall.Json json ? json.content() : null;
        KeyPlacement placement = provider.keyPlacement();
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + call.path())).timeout(Duration.ofSeconds(20))
                .header(placement.name(), placement.prefix() + key).header("Content-Type", "application/json")
                .method(call.method(), body == null ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
            return new HttpAnswer(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
