// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Every documented request, status and error of every gateway, as JSON. A property that a case does not name is not checked. */
class GatewayCasesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String JOB_ID = "job-1";

    @TestFactory
    Stream<DynamicContainer> requests() {
        return CaseFiles.of("requests", (provider, one) -> {
            ResolvedRequest resolved = provider.resolve(RequestJson.read(one.path("request")));
            assertThat(resolved.violations()).isEmpty();
            if (one.has("mode")) {
                assertThat(resolved.request().mode().value()).isEqualTo(one.path("mode").asText());
            }
            HttpCall call = provider.submit(resolved.request(), JOB_ID);
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo(one.path("path").asText());
            assertThat(CaseFiles.json(((HttpCall.Json) call.body()).content())).isEqualTo(one.path("body"));
            assertThat(provider.resolve(resolved.request())).isEqualTo(resolved);
        });
    }

    @TestFactory
    Stream<DynamicContainer> violations() {
        return CaseFiles.of("violations", (provider, one) -> {
            VideoRequest request = RequestJson.read(one.path("request"));
            List<Violation> violations = provider.resolve(request).violations();
            assertThat(violations).extracting(Violation::field).containsExactlyInAnyOrderElementsOf(texts(one.path("fields")));
            texts(one.path("messages")).forEach(part -> assertThat(violations.toString()).contains(part));
            assertThat(violations).allSatisfy(violation -> {
                assertThat(violation.allowed()).isNotBlank();
                assertThat(Objects.toString(violation.value(), "").length()).isLessThanOrEqualTo(80);
            });
            if (request.prompt() != null && request.prompt().length() > 20) {
                assertThat(violations.toString()).doesNotContain(request.prompt().substring(0, 20));
            }
            assertThat(provider.resolve(request).estimate()).isNull();
        });
    }

    @TestFactory
    Stream<DynamicContainer> submits() {
        return CaseFiles.of("submits", (provider, one) -> {
            SubmitAnswer answer = provider.submitted(CaseFiles.answer(one), NOW);
            assertThat(outcome(answer)).as("%s", answer).isEqualTo(one.path("outcome").asText());
            if (answer instanceof SubmitAnswer.Accepted accepted) {
                assertThat(accepted.taskId()).isEqualTo(one.path("taskId").asText());
            } else if (answer instanceof SubmitAnswer.Rejected rejected) {
                assertThat(rejected.repeatable()).isEqualTo(one.path("repeatable").asBoolean(false));
                assertThat(rejected.error().charged()).hasToString("NO");
                same(one, "retryAfter", rejected.retryAfter());
                check(one, rejected.error());
            } else if (answer instanceof SubmitAnswer.Unknown unknown) {
                assertThat(unknown.error().type()).hasToString("SUBMIT_UNKNOWN");
                assertThat(unknown.error().charged()).hasToString("UNKNOWN");
                check(one, unknown.error());
            }
        });
    }

    @TestFactory
    Stream<DynamicContainer> polls() {
        return CaseFiles.of("polls", (provider, one) -> {
            PollQuery query = new PollQuery("task-1", one.path("step").asInt(0), one.path("elsewhere").asBoolean(false));
            PollAnswer answer = provider.polled(query, CaseFiles.answer(one), NOW);
            assertThat(outcome(answer)).as("%s", answer).isEqualTo(one.path("outcome").asText());
            if (answer instanceof PollAnswer.Pending pending) {
                same(one, "running", pending.running());
                same(one, "word", pending.word());
                same(one, "understood", pending.understood());
                same(one, "progress", pending.progress());
                same(one, "retryAfter", pending.retryAfter());
            } else if (answer instanceof PollAnswer.Done done) {
                same(one, "url", done.url());
                same(one, "urlExpiresAt", done.urlExpiresAt());
                same(one, "cost", done.cost());
                same(one, "model", done.result().answeredModel());
                same(one, "fileId", done.result().fileId());
                same(one, "publicUrl", done.result().publicUrl());
                same(one, "storageError", done.result().storageError());
            } else if (answer instanceof PollAnswer.AskNext next) {
                same(one, "next", next.call());
            } else if (answer instanceof PollAnswer.Failed failed) {
                same(one, "state", failed.state());
                same(one, "cost", failed.cost());
                check(one, failed.error());
            } else if (answer instanceof PollAnswer.NoAnswer none) {
                same(one, "rateLimited", none.rateLimited());
                same(one, "retryAfter", none.retryAfter());
                assertThat(none.reason()).contains(one.path("message").asText());
            } else if (answer instanceof PollAnswer.NotFound missing) {
                check(one, missing.error());
            } else if (answer instanceof PollAnswer.Refused refused) {
                check(one, refused.error());
            }
        });
    }

    @TestFactory
    Stream<DynamicContainer> estimates() {
        return CaseFiles.of("estimates", (provider, one) -> {
            ResolvedRequest resolved = provider.resolve(RequestJson.read(one.path("request")));
            assertThat(resolved.violations()).isEmpty();
            same(one, "estimate", resolved.estimate());
            assertThat(resolved.warnings()).extracting(Violation::field).containsExactlyElementsOf(texts(one.path("warnings")));
        });
    }

    @TestFactory
    Stream<DynamicContainer> forms() {
        return CaseFiles.of("forms", (provider, one) -> assertThat(
                provider.mediaForms(provider.resolve(RequestJson.read(one.path("request"))).request(), one.path("field").asText()))
                .extracting(Enum::name).containsExactlyElementsOf(texts(one.path("forms"))));
    }

    @TestFactory
    Stream<DynamicContainer> uploadCalls() {
        return CaseFiles.of("upload-calls", (provider, one) -> {
            Media media = one.has("bytes") ? new Media.Bytes(
                    one.path("bytes").asText().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), one.path("type").asText(null))
                    : Media.of(one.path("file").asText());
            HttpCall call = provider.upload(media, one.path("field").asText(), Duration.ofHours(24)).orElseThrow();
            HttpCall.Multipart body = (HttpCall.Multipart) call.body();
            assertThat(call).hasToString("POST " + one.path("path").asText());
            assertThat(body.fields()).hasToString(one.path("fields").asText());
            assertThat(body.file()).isEqualTo(new HttpCall.FilePart("file", one.path("fileName").asText(),
                    one.path("contentType").asText(), media));
        });
    }

    @TestFactory
    Stream<DynamicContainer> uploads() {
        return CaseFiles.of("uploads", (provider, one) -> {
            UploadAnswer answer = provider.uploaded(CaseFiles.answer(one));
            if (one.has("media")) {
                assertThat(answer).isEqualTo(new UploadAnswer.Uploaded(Media.of(one.path("media").asText())));
            } else {
                check(one, ((UploadAnswer.Refused) answer).error());
                assertThat(((UploadAnswer.Refused) answer).error().charged()).hasToString("NO");
            }
        });
    }

    @TestFactory
    Stream<DynamicContainer> balances() {
        return CaseFiles.of("balances", (provider, one) -> {
            BalanceAnswer answer = provider.balance(CaseFiles.answer(one));
            if (answer instanceof BalanceAnswer.Balance balance) {
                assertThat(one.has("remaining")).as("%s", answer).isTrue();
                same(one, "remaining", balance.remaining());
                same(one, "used", balance.used());
            } else {
                assertThat(one.has("type")).as("%s", answer).isTrue();
                check(one, ((BalanceAnswer.Refused) answer).error());
            }
        });
    }

    @TestFactory
    Stream<DynamicContainer> lookups() {
        return CaseFiles.of("lookups", (provider, one) -> assertThat(provider.lookedUp(CaseFiles.answer(one)).orElse(null))
                .isEqualTo(one.path("taskId").asText(null)));
    }

    private static void check(JsonNode one, JobError error) {
        same(one, "type", error.type());
        same(one, "code", error.gatewayCode());
        same(one, "charged", error.charged());
        same(one, "retryable", error.retryable());
        same(one, "httpStatus", error.httpStatus());
        same(one, "requestId", error.requestId());
        for (String part : texts(one.path("message"))) {
            assertThat(error.message()).contains(part);
        }
        for (String part : texts(one.path("hidden"))) {
            assertThat(error.toString()).doesNotContain(part);
        }
        assertThat(error.message()).hasSizeLessThan(1200).doesNotContainPattern("\\p{Cntrl}");
    }

    private static void same(JsonNode one, String property, Object actual) {
        if (one.has(property)) {
            assertThat(actual == null ? null : actual.toString()).as(property).isEqualTo(one.path(property).asText(null));
        }
    }

    private static String outcome(Object answer) {
        return answer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
