// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;

/**
 * One gateway, as pure translation: no I/O, no time, no state. Instances are shared by all threads.
 * A user's own gateway is a bean of this type, named by {@code provider=#bean}.
 *
 * <p>No method returns null, unless it says so; none may take longer than 30 seconds. {@link #name} and {@link #limits} are asked once for
 * an account. What a method does wrong before a job is sent fails the call, with nothing sent; an answer to a submit that
 * {@link #submitted} fails on leaves the job UNKNOWN; one that {@link #polled} fails on is asked for again. A
 * {@link io.github.grokvideo.component.error.GrokVideoException} that a method throws before a job is sent is the call's own.
 */
public interface VideoProvider {

    /** What users write as {@code provider=}, for example {@code toapis}. */
    String name();

    /** Public host of the gateway; empty = the user must configure it. */
    Optional<String> defaultBaseUrl();

    /** The model used where neither request nor account names one. */
    String defaultModel();

    ProviderLimits limits();

    /**
     * Fills in model and mode and measures the request against the model's rules. An unknown model has the rules the gateway's
     * models share, so that a model newer than this release can be used.
     *
     * @param request as the user gave it; local media still local
     */
    ResolvedRequest resolve(VideoRequest request);

    /**
     * @param  request resolved
     * @param  field   {@code images} or {@code video}
     * @return         how this gateway takes that field's media in this model and mode, preferred form first
     */
    Set<MediaForm> mediaForms(VideoRequest request, String field);

    /**
     * @param request resolved, without violations, its media in a form of {@link #mediaForms}
     * @param jobId   ours, for gateways that keep a client's own id
     */
    HttpCall submit(VideoRequest request, String jobId);

    /** @param now for Retry-After given as a date */
    SubmitAnswer submitted(HttpAnswer answer, Instant now);

    HttpCall poll(String taskId);

    /** @param now for Retry-After given as a date, and for relative expiry times */
    PollAnswer polled(HttpAnswer answer, Instant now);

    /** How the video of a task without a URL is fetched; empty = only by URL. Sent with the key. */
    default Optional<HttpCall> content(String taskId) {
        return Optional.empty();
    }

    /** Asks for the job by our own id, answered like a poll; empty = the gateway keeps none. */
    default Optional<HttpCall> lookup(String jobId) {
        return Optional.empty();
    }

    /** @return the task id in an answer to {@link #lookup}; empty = not found, or not legible */
    default Optional<String> lookedUp(HttpAnswer answer) {
        return Optional.empty();
    }

    /**
     * @param media a local file or bytes
     * @param field {@code images} or {@code video}
     */
    default Optional<HttpCall> upload(Media media, String field) {
        return Optional.empty();
    }

    default UploadAnswer uploaded(HttpAnswer answer) {
        throw new IllegalStateException(name() + " takes no uploads");
    }

    /** Asks for the remaining credit; empty = the gateway documents no such call. */
    default Optional<HttpCall> balance() {
        return Optional.empty();
    }

    /** Why {@link #balance} is empty, for people: what is missing and where to look instead. */
    default String balanceUnsupported() {
        return name() + " documents no call for the account's balance";
    }

    default BalanceAnswer balance(HttpAnswer answer) {
        throw new IllegalStateException(balanceUnsupported());
    }
}
