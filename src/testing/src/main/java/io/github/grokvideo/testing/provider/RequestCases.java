// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.VideoProvider;

/** Cases about what a provider sends. */
record RequestCases(VideoProvider provider) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JOB_ID = "job-1";
    private static final Duration KEEP = Duration.ofHours(24);
    private static final int LONGEST_VALUE = 80;
    private static final int PROMPT_SHOWN = 20;

    void request(Case one) {
        ResolvedRequest resolved = allowed(one);
        if (one.has("mode")) {
            one.same("mode", resolved.request().mode() == null ? null : resolved.request().mode().value());
        }
        HttpCall call = provider.submit(resolved.request(), JOB_ID);
        assertEquals("POST " + one.text("path"), call.method() + " " + call.path());
        assertEquals(one.get("body"), body(call));
        assertEquals(resolved, provider.resolve(resolved.request()), "resolve() of a resolved request must change nothing");
    }

    private ResolvedRequest allowed(Case one) {
        ResolvedRequest resolved = provider.resolve(one.request());
        assertEquals(List.of(), resolved.violations(), "violations");
        return resolved;
    }

    /** @return JSON as it is on the wire, or the plain fields of a form */
    private static JsonNode body(HttpCall call) {
        try {
            return call.body() instanceof HttpCall.Multipart form ? JSON.valueToTree(form.fields())
                    : JSON.readTree(((HttpCall.Json) call.body()).content().toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void violation(Case one) {
        VideoRequest request = one.request();
        ResolvedRequest resolved = provider.resolve(request);
        List<Violation> violations = resolved.violations();
        assertEquals(one.texts("fields").stream().sorted().toList(), violations.stream().map(Violation::field).sorted().toList(),
                violations::toString);
        Case.contained(violations.toString(), one.texts("messages"));
        for (Violation violation : violations) {
            assertFalse(violation.allowed() == null || violation.allowed().isBlank(), () -> "what is allowed is missing: " + violation);
            assertTrue(Objects.toString(violation.value(), "").length() <= LONGEST_VALUE,
                    () -> "a value of more than " + LONGEST_VALUE + " characters is shown: " + violation);
        }
        if (request.prompt() != null && request.prompt().length() > PROMPT_SHOWN) {
            assertFalse(violations.toString().contains(request.prompt().substring(0, PROMPT_SHOWN)),
                    () -> "the prompt is shown: " + violations);
        }
        assertNull(resolved.estimate(), "estimate of a request that cannot be sent");
    }

    void estimate(Case one) {
        ResolvedRequest resolved = allowed(one);
        one.same("estimate", resolved.estimate());
        assertEquals(one.texts("warnings"), resolved.warnings().stream().map(Violation::field).toList());
    }

    void forms(Case one) {
        assertEquals(one.texts("forms"), provider.mediaForms(provider.resolve(one.request()).request(), one.text("field")).stream()
                .map(Enum::name).toList());
    }

    void uploadCall(Case one) {
        Media media = one.has("bytes")
                ? new Media.Bytes(one.text("bytes").getBytes(StandardCharsets.ISO_8859_1), one.text("type"))
                : Media.of(one.text("file"));
        HttpCall call = provider.upload(media, one.text("field"), KEEP).orElseThrow();
        HttpCall.Multipart body = (HttpCall.Multipart) call.body();
        assertEquals("POST " + one.text("path"), call.toString());
        assertEquals(one.text("fields"), body.fields().toString());
        assertEquals(new HttpCall.FilePart("file", one.text("fileName"), one.text("contentType"), media), body.file());
    }
}
