// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.options;

import java.time.Duration;
import io.github.grokvideo.component.provider.WebhookRules;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of an account: gateway, key and limits. */
@UriParams
public class AccountConfiguration implements Cloneable {

    @UriParam(label = "common",
              description = "The gateway: xai, toapis, reapi, aivideoapi, uniall, openai, openrouter, fal, or the registry name of "
                            + "a custom gateway as #name. Required, here or on the component or in the account. On completed: only "
                            + "jobs of this gateway.")
    private String provider;
    @UriParam(label = "producer,security", secret = true,
              description = "The key of the gateway, sent where it expects it, and to the base URL only. Required, here or on the "
                            + "component or in the account.")
    private String apiKey;
    @UriParam(label = "producer",
              description = "Where the gateway is, http or https, without user info and query. Unset: the public address of "
                            + "the gateway. UniAll and the relays of openai have none and need it.")
    private String baseUrl;
    @UriParam(label = "producer",
              description = "The model id of the gateway. Unset: the model of the account, else the default of the gateway. "
                            + "Message: field model, header CamelGrokVideoModel.")
    private String model;
    @UriParam(label = "producer,account",
              description = "Settings of the gateway itself, for gateways that have some: name=value, separated by semicolons, for example "
                            + "body=multipart;extras=metadata for openai.")
    private String providerOptions;
    @UriParam(label = "producer,account", defaultValue = "0",
              description = "How many jobs of this account may be at the gateway at once; further ones wait, and their tags "
                            + "take turns. 0 = unlimited.")
    private int maxConcurrentJobs;
    @UriParam(label = "producer,account",
              description = "How many submits this account may send in a second. 0 = unlimited. Unset: the documented limit "
                            + "of the gateway.")
    private Double submitsPerSecond;
    @UriParam(label = "producer,account",
              description = "Shares of tags in the submits of this account while jobs of several tags wait, for example "
                            + "acme=3,batch=0.5. From 0.001 to 1000; tags that are not named, and jobs without a tag, have 1.")
    private String tagWeights;
    @UriParam(label = "producer,account",
              description = "Shortest time between two status queries of a job, for example 5s. Unset: the interval of the gateway, "
                            + "and less near the expected end of a job.")
    private Duration pollInterval;
    @UriParam(label = "producer,account",
              description = "Longest time between two status queries of a job, for example 1m. Unset: the interval of the gateway.")
    private Duration maxPollInterval;
    @UriParam(label = "producer,account", defaultValue = "1.0",
              description = "How many status queries to make, as a multiple of those that would be made if it were not known how long "
                            + "jobs take. More of them notice the end of a job sooner.")
    private double pollEagerness = 1;
    @UriParam(label = "producer,account",
              description = "What one job may cost, for example 2 USD: a dearer request is refused. On an endpoint: instead of the limit "
                            + "of the account. Unset: no limit.")
    private String maxJobCost;
    @UriParam(label = "producer,account",
              description = "What a job is expected to cost if the price of its model is unknown or in another unit, for example 0.40 USD. "
                            + "Required for such models if the account, the tag or the job store has a budget.")
    private String assumedCost;
    @UriParam(label = "producer,security", defaultValue = "false",
              description = "Whether videos may be downloaded from loopback, link-local and private addresses. The origin of "
                            + "the base URL always may.")
    private boolean allowPrivateAddresses;
    @UriParam(label = "producer,account,security", secret = true,
              description = "Secrets that the gateway signs its webhook notices with, separated by commas while one replaces another, "
                            + "the new one first. For aivideoapi, which signs nothing: any long random text.")
    private String webhookSecret;
    @UriParam(label = "producer,account,security",
              description = "The public keys that fal signs its webhook notices with, as a JSON Web Key Set: an http or https URL, "
                            + "which is fetched when it is needed, or a resource.")
    private String webhookKeys;
    @UriParam(label = "producer,account,security",
              description = "A bean of type WebhookRules that verifies webhook notices. Unset: as the gateway documents it.")
    private WebhookRules webhookVerifier;
    @UriParam(label = "producer,account",
              description = "The URL at which the gateway can reach grokvideo:notify, for example https://example.com/grokvideo. It is "
                            + "sent with each submit that names no callbackUrl, if the model has a field for it.")
    private String webhookUrl;
    @UriParam(label = "producer,account",
              description = "Shortest time between two status queries of a job while webhook notices arrive, for example 60s. Jobs are "
                            + "polled as usual until a first notice has been verified, after an hour without one, and after a job that "
                            + "ended without one. Unset: webhooks do not change the interval.")
    private Duration webhookPollInterval;

    public String getProvider() {
        return provider;
    }

    public void setProvider(String provider) {
        this.provider = provider;
    }

    public String getApiKey() {
        return apiKey;
    }

    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public String getModel() {
        return model;
    }

    public void setModel(String model) {
        this.model = model;
    }

    public String getProviderOptions() {
        return providerOptions;
    }

    public void setProviderOptions(String providerOptions) {
        this.providerOptions = providerOptions;
    }

    public int getMaxConcurrentJobs() {
        return maxConcurrentJobs;
    }

    public void setMaxConcurrentJobs(int maxConcurrentJobs) {
        this.maxConcurrentJobs = maxConcurrentJobs;
    }

    public Double getSubmitsPerSecond() {
        return submitsPerSecond;
    }

    public void setSubmitsPerSecond(Double submitsPerSecond) {
        this.submitsPerSecond = submitsPerSecond;
    }

    public String getTagWeights() {
        return tagWeights;
    }

    public void setTagWeights(String tagWeights) {
        this.tagWeights = tagWeights;
    }

    public Duration getPollInterval() {
        return pollInterval;
    }

    public void setPollInterval(Duration pollInterval) {
        this.pollInterval = pollInterval;
    }

    public Duration getMaxPollInterval() {
        return maxPollInterval;
    }

    public void setMaxPollInterval(Duration maxPollInterval) {
        this.maxPollInterval = maxPollInterval;
    }

    public String getMaxJobCost() {
        return maxJobCost;
    }

    public void setMaxJobCost(String maxJobCost) {
        this.maxJobCost = maxJobCost;
    }

    public String getAssumedCost() {
        return assumedCost;
    }

    public void setAssumedCost(String assumedCost) {
        this.assumedCost = assumedCost;
    }

    public double getPollEagerness() {
        return pollEagerness;
    }

    public void setPollEagerness(double pollEagerness) {
        this.pollEagerness = pollEagerness;
    }

    public boolean isAllowPrivateAddresses() {
        return allowPrivateAddresses;
    }

    public void setAllowPrivateAddresses(boolean allowPrivateAddresses) {
        this.allowPrivateAddresses = allowPrivateAddresses;
    }

    public String getWebhookSecret() {
        return webhookSecret;
    }

    public void setWebhookSecret(String webhookSecret) {
        this.webhookSecret = webhookSecret;
    }

    public String getWebhookKeys() {
        return webhookKeys;
    }

    public void setWebhookKeys(String webhookKeys) {
        this.webhookKeys = webhookKeys;
    }

    public WebhookRules getWebhookVerifier() {
        return webhookVerifier;
    }

    public void setWebhookVerifier(WebhookRules webhookVerifier) {
        this.webhookVerifier = webhookVerifier;
    }

    public String getWebhookUrl() {
        return webhookUrl;
    }

    public void setWebhookUrl(String webhookUrl) {
        this.webhookUrl = webhookUrl;
    }

    public Duration getWebhookPollInterval() {
        return webhookPollInterval;
    }

    public void setWebhookPollInterval(Duration webhookPollInterval) {
        this.webhookPollInterval = webhookPollInterval;
    }
}
