// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.checked;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.limits.Accounts;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.BalanceAnswer;
import io.github.grokvideo.component.provider.CancelAnswer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.KeyPlacement;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.ModelOffer;
import io.github.grokvideo.component.provider.PollAnswer;
import io.github.grokvideo.component.provider.PollQuery;
import io.github.grokvideo.component.provider.ProviderLimits;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.SubmitAnswer;
import io.github.grokvideo.component.provider.UploadAnswer;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.WebhookRules;

/**
 * Protects the engine from faulty providers: null, exceptions and Errors, values out of range, methods that do not return. Before a job is
 * sent, a fault is thrown as a typed error. Afterwards it never ends a job that may be paid for: a status query that the provider cannot
 * read counts as not answered.
 */
public final class CheckedProvider implements VideoProvider {

    private final VideoProvider provider;
    private final ProviderCode code;
    /** null = a built-in provider, which needs no limit. */
    private final TimeLimit limit;
    private final String name;
    private final ProviderLimits limits;

    private CheckedProvider(VideoProvider provider, String shown, TimeLimit limit) {
        this.provider = provider;
        this.limit = limit;
        ProviderCode unnamed = new ProviderCode(shown, limit);
        try {
            this.name = unnamed.call("name", provider::name, ProviderRules::nameFault);
            this.limits = unnamed.call("limits", provider::limits, ProviderRules::fault);
        } catch (GrokVideoException fault) {
            throw new IllegalArgumentException(fault.getError().message(), fault);
        }
        this.code = new ProviderCode(shown + " '" + name + "'", limit);
    }

    /** @throws IllegalArgumentException if its name or limits are invalid */
    public static VideoProvider of(VideoProvider provider) {
        return provider instanceof CheckedProvider ? provider : new CheckedProvider(provider, shown(provider), null);
    }

    /**
     * @param  limit enforced on each of its methods
     * @throws IllegalArgumentException if its name or limits are invalid
     */
    public static VideoProvider of(VideoProvider provider, TimeLimit limit) {
        return new CheckedProvider(provider, shown(provider), limit);
    }

    private static String shown(VideoProvider provider) {
        return "The VideoProvider " + provider.getClass().getName();
    }

    /** @throws IllegalArgumentException as the provider throws it */
    @Override
    public VideoProvider with(Map<String, String> settings) {
        return new CheckedProvider(Objects.requireNonNull(provider.with(settings), "with() returned null"), shown(provider), limit);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> defaultBaseUrl() {
        return code.call("defaultBaseUrl", provider::defaultBaseUrl, CheckedProvider::none);
    }

    /** Null if it has none. */
    @Override
    public String defaultModel() {
        return code.call("defaultModel", () -> Optional.ofNullable(provider.defaultModel()), CheckedProvider::none).orElse(null);
    }

    @Override
    public ProviderLimits limits() {
        return limits;
    }

    @Override
    public ResolvedRequest resolve(VideoRequest request) {
        return code.call("resolve", () -> provider.resolve(request), ProviderRules::fault);
    }

    /** Empty if it cannot list them: a form does without. */
    @Override
    public List<ModelOffer> models() {
        try {
            return List.copyOf(code.call("models", provider::models, CheckedProvider::none));
        } catch (GrokVideoException | NullPointerException fault) {
            return List.of();
        }
    }

    @Override
    public Set<MediaForm> mediaForms(VideoRequest request, String field) {
        return code.call("mediaForms", () -> provider.mediaForms(request, field), CheckedProvider::none);
    }

    @Override
    public HttpCall submit(VideoRequest request, String jobId) {
        return ProviderRules.sendable(code.call("submit", () -> provider.submit(request, jobId), ProviderRules::fault));
    }

    @Override
    public SubmitAnswer submitted(HttpAnswer answer, Instant now) {
        return ProviderRules.usable(code.call("submitted", () -> provider.submitted(answer, now), ProviderRules::fault));
    }

    @Override
    public HttpCall poll(String taskId) {
        return ProviderRules.sendable(code.call("poll", () -> provider.poll(taskId), ProviderRules::fault));
    }

    @Override
    public KeyPlacement keyPlacement() {
        return code.call("keyPlacement", provider::keyPlacement, ProviderRules::fault);
    }

    @Override
    public PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now) {
        try {
            return ProviderRules.usable(code.call("polled", () -> provider.polled(query, answer, now), ProviderRules::fault));
        } catch (GrokVideoException unreadable) {
            return new PollAnswer.NoAnswer(unreadable.getError().message(), false, null);
        }
    }

    @Override
    public Optional<HttpCall> cancel(String taskId) {
        return sendable("cancel", () -> provider.cancel(taskId));
    }

    @Override
    public CancelAnswer cancelled(HttpAnswer answer, Instant now) {
        return code.call("cancelled", () -> provider.cancelled(answer, now), ProviderRules::fault);
    }

    @Override
    public Optional<HttpCall> content(String taskId) {
        return sendable("content", () -> provider.content(taskId));
    }

    @Override
    public Optional<HttpCall> lookup(String jobId) {
        return sendable("lookup", () -> provider.lookup(jobId));
    }

    @Override
    public Optional<String> lookedUp(HttpAnswer answer) {
        return code.call("lookedUp", () -> provider.lookedUp(answer), of(TaskIds::fault)).map(String::strip);
    }

    @Override
    public Optional<HttpCall> upload(Media media, String field, Duration keep) {
        return sendable("upload", () -> provider.upload(media, field, keep));
    }

    @Override
    public Optional<HttpCall> deleteUpload(String fileId) {
        return sendable("deleteUpload", () -> provider.deleteUpload(fileId));
    }

    @Override
    public UploadAnswer uploaded(HttpAnswer answer) {
        return code.call("uploaded", () -> provider.uploaded(answer), ProviderRules::fault);
    }

    @Override
    public Optional<WebhookRules> webhook() {
        return code.call("webhook", provider::webhook, CheckedProvider::none).map(rules -> new CheckedWebhook(rules, code));
    }

    @Override
    public Optional<HttpCall> balance() {
        return sendable("balance", provider::balance);
    }

    @Override
    public String balanceUnsupported() {
        return code.call("balanceUnsupported", provider::balanceUnsupported, CheckedProvider::none);
    }

    @Override
    public BalanceAnswer balance(HttpAnswer answer) {
        return code.call("balance", () -> provider.balance(answer), ProviderRules::fault);
    }

    private Optional<HttpCall> sendable(String method, Supplier<Optional<HttpCall>> call) {
        return code.call(method, call, of(ProviderRules::fault)).map(ProviderRules::sendable);
    }

    private static <T> Function<Optional<T>, String> of(Function<T, String> fault) {
        return value -> value.map(fault).orElse(null);
    }

    private static String none(Object answer) {
        return null;
    }

    /** Accounts are compared by their provider. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CheckedProvider checked && provider.equals(checked.provider);
    }

    @Override
    public int hashCode() {
        return Objects.hash(provider);
    }

    @Override
    public String toString() {
        return name;
    }
}
