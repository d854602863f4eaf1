// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.checked.ProviderRules;

/** What a provider says without an answer. */
record ProviderSettings(VideoProvider provider) {

    /** An untrusted id that would be another path if it were not encoded. */
    private static final String HOSTILE_ID = "../a?b=c#d/e\n";

    void name() {
        String name = provider.name();
        assertNotNull(name, "name() returned null");
        assertNull(ProviderRules.nameFault(name), "name()");
        assertEquals(name, provider.name(), "name() must not change: jobs in the store are found by it");
    }

    void limits() {
        assertNotNull(provider.limits(), "limits() returned null");
        assertNull(ProviderRules.fault(provider.limits()), "limits()");
    }

    void addressAndKey() {
        assertNotNull(provider.keyPlacement(), "keyPlacement() returned null");
        assertNull(ProviderRules.fault(provider.keyPlacement()), "keyPlacement()");
        assertNotNull(provider.defaultBaseUrl(), "defaultBaseUrl() returned null");
        provider.defaultBaseUrl().ifPresent(url -> {
            String scheme = String.valueOf(URI.create(url).getScheme()).toLowerCase(Locale.ROOT);
            assertTrue(scheme.equals("https") || scheme.equals("http"), () -> "defaultBaseUrl() is no http(s) URL: " + url);
            assertFalse(url.endsWith("/"), () -> "defaultBaseUrl() ends with a slash: " + url);
        });
    }

    void defaultModel() {
        if (provider.defaultModel() != null) {
            VideoRequest named = VideoRequest.ofPrompt("x").toBuilder().model(provider.defaultModel()).build();
            assertEquals(provider.resolve(named), provider.resolve(VideoRequest.ofPrompt("x")),
                    "a request without a model is one with defaultModel()");
        }
    }

    void calls() {
        call("poll", Optional.of(provider.poll(HOSTILE_ID)));
        call("cancel", provider.cancel(HOSTILE_ID));
        call("content", provider.content(HOSTILE_ID));
        call("lookup", provider.lookup(HOSTILE_ID));
        call("deleteUpload", provider.deleteUpload(HOSTILE_ID));
        provider.balance().ifPresent(call -> assertNull(ProviderRules.fault(call), "balance()"));
    }

    private static void call(String method, Optional<HttpCall> call) {
        assertNotNull(call, () -> method + "() returned null");
        call.ifPresent(made -> {
            assertNull(ProviderRules.fault(made), () -> method + "()");
            assertFalse(made.path().contains("../") || made.path().contains("?b") || made.path().contains("#d"),
                    () -> method + "() puts an id into the path as it is, use PathPart.of or withQuery: " + made.path());
        });
    }
}
