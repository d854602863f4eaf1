// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.VideoProvider;

/** A gateway that is only named: the fake engine calls nobody. */
record FakeProvider(String name, Optional<String> defaultBaseUrl) implements VideoProvider {

    static Optional<VideoProvider> builtIn(String name) {
        return switch (name) {
            case "xai", "toapis" -> Optional.of(new FakeProvider(name, Optional.of("https://" + name + ".example/v1")));
            case "uniall" -> Optional.of(new FakeProvider(name, Optional.empty()));
            default -> Optional.empty();
        };
    }

    @Override
    public String defaultModel() {
        return "model-of-" + name;
    }

    @Override
    public ProviderLimits limits() {
        return new ProviderLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(9), 0, 1, 0, false);
    }

    @Override
    public ResolvedRequest resolve(VideoRequest request) {
        return new ResolvedRequest(request, List.of(), null);
    }

    @Override
    public Set<MediaForm> mediaForms(VideoRequest request, String field) {
        return Set.of(MediaForm.URL);
    }

    @Override
    public HttpCall submit(VideoRequest request, String jobId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SubmitAnswer submitted(HttpAnswer answer, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public HttpCall poll(String taskId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        throw new UnsupportedOperationException();
    }
}
