// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.job.Keyframe;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.ResultStorage;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.job.VideoRequestBuilder;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.VideoProvider;

/** Of any request, either a violation names the field or the gateway gets it: nobody pays for something else than they asked for. */
record SentFields(VideoProvider provider, Rule rule) {

    /** Whether a field has been sent. */
    interface Rule {
        boolean isSent(String field, String value, List<String> sent);
    }

    void ofRandomRequests(RandomRequests requests) {
        Random random = new Random(7);
        Set<String> sent = new TreeSet<>();
        for (int i = 0; i < 10_000; i++) {
            sent.addAll(sent(requests.next(random, "")));
        }
        assertTrue(sent.contains("prompt"), () -> "no request with a prompt is allowed: sent were " + sent);
    }

    /** Adds each field to a request that is valid without it. */
    void ofCase(Case one, RandomRequests requests) {
        requests.fields().forEach((name, field) -> {
            VideoRequestBuilder more = one.request().toBuilder();
            field.accept(more);
            VideoRequest request = more.build();
            ResolvedRequest resolved = provider.resolve(request);
            if (resolved.violations().isEmpty()) {
                List<String> values = values(provider.submit(resolved.request(), "job-1"));
                mustBeSent(name, request.given().get(name), values, request);
            }
        });
    }

    /** @return the fields that were sent; empty = the request breaks a rule */
    private Set<String> sent(VideoRequest request) {
        provider.mediaForms(request, VideoRequest.VIDEO);
        ResolvedRequest resolved = provider.resolve(request);
        if (!resolved.violations().isEmpty()) {
            return Set.of();
        }
        if (request.model() != null) {
            assertEquals(request.model(), resolved.request().model(), "resolve() replaces the model that was asked for");
        }
        if (request.mode() != null) {
            assertEquals(request.mode(), resolved.request().mode(), "resolve() replaces the mode that was asked for");
        }
        List<String> values = values(provider.submit(resolved.request(), "job-1"));
        request.given().forEach((name, value) -> mustBeSent(name, value, values, request));
        request.additionalFields().forEach((name, value) -> mustBeSent(name, value, values, request));
        return request.given().keySet();
    }

    private void mustBeSent(String name, Object value, List<String> values, VideoRequest request) {
        for (Object one : value instanceof List<?> many ? many : List.of(value)) {
            assertTrue(rule.isSent(name, text(one), values), () -> name + "=" + text(one) + " is neither sent nor named by a violation: "
                    + request + " becomes " + values);
        }
    }

    /** @return all that the gateway gets: segments and parameters of the path, headers, leaves of the body */
    private static List<String> values(HttpCall call) {
        List<String> values = new ArrayList<>(call.headers().values());
        for (String part : call.path().split("[/?&]")) {
            values.add(URLDecoder.decode(part.substring(part.indexOf('=') + 1), StandardCharsets.UTF_8));
        }
        if (call.body() instanceof HttpCall.Json json) {
            leaves(json.content(), values);
        } else if (call.body() instanceof HttpCall.Multipart form) {
            values.addAll(form.fields().values());
        }
        return values;
    }

    private static void leaves(JsonNode node, List<String> values) {
        if (node.isValueNode()) {
            values.add(node.asText());
        }
        node.forEach(child -> leaves(child, values));
    }

    private static String text(Object value) {
        if (value instanceof Keyframe frame) {
            return text(frame.image());
        }
        if (value instanceof ResultStorage storage) {
            return storage.fileName();
        }
        return value instanceof Media.Url url ? url.url() : value instanceof Media.GatewayTask task ? task.taskId() : value.toString();
    }
}
