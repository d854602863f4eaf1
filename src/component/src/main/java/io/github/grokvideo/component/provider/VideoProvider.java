// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;

/**
 * Translates between the component and one gateway: no I/O, no clock, no state. Instances are shared by all threads.
 * A custom gateway is a bean of this type, referenced as {@code provider=#bean}.
 *
 * <p>Methods never return null unless documented, and must return within 30 seconds. {@link #name} and {@link #limits} are called once per
 * account. If a method fails before a job is submitted, the call fails and nothing is sent. If {@link #submitted} fails, the job becomes
 * UNKNOWN; if {@link #polled} fails, the job is polled again. A {@link io.github.grokvideo.component.error.GrokVideoException} thrown
 * before a job is submitted is passed on to the caller.
 */
public interface VideoProvider {

    /**
     * The name is stored with each job. After a restart a job is continued only by an account whose gateway has this name, so it must not
     * change, and no two gateways may share one.
     *
     * @return the value of {@code provider=}, for example {@code toapis}; 1 to 200 characters on one line
     */
    String name();

    /** @return public base URL of the gateway; empty = the user must configure it */
    Optional<String> defaultBaseUrl();

    /** @return where the gateway expects the API key */
    default KeyPlacement keyPlacement() {
        return KeyPlacement.BEARER;
    }

    /**
     * @param  settings the account's own settings for this gateway (option {@code providerOptions}), by name; not empty
     * @return          this gateway with these settings; equal settings return equal providers
     * @throws IllegalArgumentException naming an unknown setting, or a wrong value and what is allowed
     */
    default VideoProvider with(Map<String, String> settings) {
        throw new IllegalArgumentException(name() + " has no providerOptions");
    }

    /** @return the model used if neither request nor account names one */
    String defaultModel();

    /** @return how often the gateway may be called */
    ProviderLimits limits();

    /**
     * Fills in model and mode and checks the request against the model's rules. An unknown model is checked against the rules that the
     * gateway's models share, so that models newer than this release can be used.
     *
     * @param  request as given by the user; local media are not uploaded yet
     * @return         the request with every rule it breaks
     */
    ResolvedRequest resolve(VideoRequest request);

    /** @return what the models accept, for forms; empty = it cannot be listed, and is only known by {@link #resolve} */
    default List<ModelOffer> models() {
        return List.of();
    }

    /**
     * @param  request resolved
     * @param  field   name of a field with media, such as {@code images} or {@code video}
     * @return         the forms in which the gateway accepts that field's media in this model and mode, preferred form first, in
     *                 a set that keeps its order: {@code Set.of} does not
     */
    Set<MediaForm> mediaForms(VideoRequest request, String field);

    /**
     * @param  request resolved, without violations, its media in a form of {@link #mediaForms}
     * @param  jobId   the component's job id, for gateways that store a client's id
     * @return         the POST that creates the job
     */
    HttpCall submit(VideoRequest request, String jobId);

    /**
     * @param  answer to {@link #submit}, with any status
     * @param  now    the current time, for a Retry-After with a date
     * @return        its meaning
     */
    SubmitAnswer submitted(HttpAnswer answer, Instant now);

    /**
     * @param  taskId the gateway's task id
     * @return        the status query
     */
    HttpCall poll(String taskId);

    /**
     * @param  query  the task, and which of the query's calls was answered
     * @param  answer to {@link #poll}, or to the call of {@link PollAnswer.AskNext}, with any status
     * @param  now    the current time, for a Retry-After with a date and for relative expiry times
     * @return        its meaning
     */
    PollAnswer polled(PollQuery query, HttpAnswer answer, Instant now);

    /**
     * @param  taskId the gateway's task id
     * @return        the call that stops the job; empty = the gateway documents none
     */
    default Optional<HttpCall> cancel(String taskId) {
        return Optional.empty();
    }

    /**
     * @param  answer to {@link #cancel}, with any status
     * @param  now    the current time
     * @return        its meaning
     */
    default CancelAnswer cancelled(HttpAnswer answer, Instant now) {
        throw new IllegalStateException(name() + " cannot cancel a job");
    }

    /**
     * @param  taskId the gateway's task id
     * @return        the call that downloads a video without a URL, sent with the key; empty = videos always have a URL
     */
    default Optional<HttpCall> content(String taskId) {
        return Optional.empty();
    }

    /**
     * @param  jobId the component's job id
     * @return       the call that finds the job by that id, answered like a poll; empty = the gateway does not store it
     */
    default Optional<HttpCall> lookup(String jobId) {
        return Optional.empty();
    }

    /**
     * @param  answer to {@link #lookup}
     * @return        the task id; empty = not found, or unreadable
     */
    default Optional<String> lookedUp(HttpAnswer answer) {
        return Optional.empty();
    }

    /**
     * @param  media a local file or bytes
     * @param  field name of the request's field, such as {@code images} or {@code video}
     * @param  keep  how long the gateway needs to keep it, if it can delete uploads by itself
     * @return       the call that uploads it; empty = the gateway has no upload
     */
    default Optional<HttpCall> upload(Media media, String field, Duration keep) {
        return Optional.empty();
    }

    /**
     * @param  fileId of a {@link Media.GatewayFile} that {@link #uploaded} returned
     * @return        the call that deletes it; empty = the gateway documents none
     */
    default Optional<HttpCall> deleteUpload(String fileId) {
        return Optional.empty();
    }

    /**
     * @param  answer to {@link #upload}, with any status
     * @return        its meaning
     */
    default UploadAnswer uploaded(HttpAnswer answer) {
        throw new IllegalStateException(name() + " takes no uploads");
    }

    /** @return how the notices of the gateway's webhook are verified; empty = it sends none */
    default Optional<WebhookRules> webhook() {
        return Optional.empty();
    }

    /** @return the call that queries the remaining credit; empty = the gateway documents none */
    default Optional<HttpCall> balance() {
        return Optional.empty();
    }

    /** @return why {@link #balance()} is empty and where to look instead, as text for a message */
    default String balanceUnsupported() {
        return name() + " documents no call for the account's balance";
    }

    /**
     * @param  answer to {@link #balance()}, with any status
     * @return        its meaning
     */
    default BalanceAnswer balance(HttpAnswer answer) {
        throw new IllegalStateException(balanceUnsupported());
    }
}
