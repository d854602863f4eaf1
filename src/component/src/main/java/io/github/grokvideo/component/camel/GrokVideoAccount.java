// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.List;
import io.github.grokvideo.component.camel.options.Amounts;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.store.spend.Budget;

/**
 * An account besides the component's own: which key pays, at which gateway, within which limits. Bind it to the registry; routes refer to
 * it by name as {@code account=}. It is read once, on first use; later changes have no effect.
 */
public class GrokVideoAccount extends ConsoleAccountOptions {

    private String name;
    private String provider;
    private String apiKey;
    private String baseUrl;
    private String model;
    private String providerOptions;
    private Duration pollInterval;
    private Duration maxPollInterval;
    private double pollEagerness = 1;
    private Double submitsPerSecond;
    private int maxConcurrentJobs;
    private String budget;
    private String maxJobCost;
    private String assumedCost;
    private String tagWeights;
    private boolean allowPrivateAddresses;
    private String webhookSecret;
    private String webhookKeys;
    private WebhookRules webhookVerifier;
    private String webhookUrl;
    private Duration webhookPollInterval;

    /** Creates an account without settings; provider and key must be set before its first use. */
    public GrokVideoAccount() {
    }

    /**
     * Creates an account with the gateway's default limits.
     *
     * @param provider the gateway, as in the option {@code provider}
     * @param apiKey   the gateway's key
     */
    public GrokVideoAccount(String provider, String apiKey) {
        this.provider = provider;
        this.apiKey = apiKey;
    }

    /** @return name stored with jobs, by which durable jobs find their account; null = the bean's name in the registry */
    public String getName() {
        return name;
    }

    /** @param name name stored with jobs, by which durable jobs find their account; null = the bean's name in the registry */
    public void setName(String name) {
        this.name = name;
    }

    /** @return the gateway */
    public String getProvider() {
        return provider;
    }

    /** @param provider xai, toapis, reapi, aivideoapi, uniall, openai, openrouter, fal, or the registry name of a custom gateway as
     *                 {@code #name}; required */
    public void setProvider(String provider) {
        this.provider = provider;
    }

    /** @return the gateway's key */
    public String getApiKey() {
        return apiKey;
    }

    /** @param apiKey the gateway's key, never logged; required */
    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    /** @return URL of the gateway; null = its public address */
    public String getBaseUrl() {
        return baseUrl;
    }

    /** @param baseUrl URL of the gateway; null = its public address */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** @return model if neither message nor endpoint names one; null = the gateway's default */
    public String getModel() {
        return model;
    }

    /** @param model model if neither message nor endpoint names one; null = the gateway's default */
    public void setModel(String model) {
        this.model = model;
    }

    /** @return settings of the gateway itself, as in the option {@code providerOptions}; null = its defaults */
    public String getProviderOptions() {
        return providerOptions;
    }

    /** @param providerOptions settings of the gateway itself, {@code name=value;...}; null = its defaults */
    public void setProviderOptions(String providerOptions) {
        this.providerOptions = providerOptions;
    }

    /** @return shortest time between two status queries of a job; null = the gateway's */
    public Duration getPollInterval() {
        return pollInterval;
    }

    /** @param pollInterval shortest time between two status queries of a job, more than 0; null = the gateway's */
    public void setPollInterval(Duration pollInterval) {
        this.pollInterval = pollInterval;
    }

    /** @return longest time between two status queries of a job; null = the gateway's */
    public Duration getMaxPollInterval() {
        return maxPollInterval;
    }

    /** @param maxPollInterval longest time between two status queries of a job, more than 0; null = the gateway's */
    public void setMaxPollInterval(Duration maxPollInterval) {
        this.maxPollInterval = maxPollInterval;
    }

    /** @return status queries, as a multiple of those that would be made if it were not known how long jobs take */
    public double getPollEagerness() {
        return pollEagerness;
    }

    /** @param pollEagerness more than 0, 100 at most; see the option */
    public void setPollEagerness(double pollEagerness) {
        this.pollEagerness = pollEagerness;
    }

    /** @return submits per second; 0 = unlimited; null = the gateway's limit */
    public Double getSubmitsPerSecond() {
        return submitsPerSecond;
    }

    /** @param submitsPerSecond submits per second, 0 or more; 0 = unlimited; null = the gateway's limit */
    public void setSubmitsPerSecond(Double submitsPerSecond) {
        this.submitsPerSecond = submitsPerSecond;
    }

    /** @return jobs at the gateway at once; 0 = unlimited */
    public int getMaxConcurrentJobs() {
        return maxConcurrentJobs;
    }

    /** @param maxConcurrentJobs jobs at the gateway at once, 0 or more; 0 = unlimited */
    public void setMaxConcurrentJobs(int maxConcurrentJobs) {
        this.maxConcurrentJobs = maxConcurrentJobs;
    }

    /** @return shares of tags in the submits while jobs of several tags wait; null = equal shares */
    public String getTagWeights() {
        return tagWeights;
    }

    /** @param tagWeights shares of tags, {@code tag=weight,...}, each from 0.001 to 1000; null = equal shares */
    public void setTagWeights(String tagWeights) {
        this.tagWeights = tagWeights;
    }

    /** @return whether videos may be downloaded from private addresses */
    public boolean isAllowPrivateAddresses() {
        return allowPrivateAddresses;
    }

    /** @param allowPrivateAddresses whether videos may be downloaded from private addresses */
    public void setAllowPrivateAddresses(boolean allowPrivateAddresses) {
        this.allowPrivateAddresses = allowPrivateAddresses;
    }

    /** @return secrets that the gateway signs its notices with, separated by commas; never logged; null = none */
    public String getWebhookSecret() {
        return webhookSecret;
    }

    /** @param webhookSecret secrets that the gateway signs its notices with, separated by commas; never logged; null = none */
    public void setWebhookSecret(String webhookSecret) {
        this.webhookSecret = webhookSecret;
    }

    /** @return key set of the gateway: an http or https URL, or a resource; null = none */
    public String getWebhookKeys() {
        return webhookKeys;
    }

    /** @param webhookKeys key set of the gateway: an http or https URL, or a resource; null = none */
    public void setWebhookKeys(String webhookKeys) {
        this.webhookKeys = webhookKeys;
    }

    /** @return how notices are verified; null = as the gateway signs them */
    public WebhookRules getWebhookVerifier() {
        return webhookVerifier;
    }

    /** @param webhookVerifier how notices are verified; null = as the gateway signs them */
    public void setWebhookVerifier(WebhookRules webhookVerifier) {
        this.webhookVerifier = webhookVerifier;
    }

    /** @return where the gateway can reach the webhook; null = it is not told */
    public String getWebhookUrl() {
        return webhookUrl;
    }

    /** @param webhookUrl where the gateway can reach the webhook; null = it is not told */
    public void setWebhookUrl(String webhookUrl) {
        this.webhookUrl = webhookUrl;
    }

    /** @return shortest time between two status queries of a job while notices arrive; null = as without webhooks */
    public Duration getWebhookPollInterval() {
        return webhookPollInterval;
    }

    /** @param webhookPollInterval shortest time between two status queries of a job while notices arrive, more than 0; null = as without
     *                            webhooks */
    public void setWebhookPollInterval(Duration webhookPollInterval) {
        this.webhookPollInterval = webhookPollInterval;
    }

    @Override
    public String toString() {
        return "GrokVideoAccount[name=" + name + ", provider=" + provider + ", model=" + model + "]";
    }

    /** @return what its jobs may cost in an hour, a day, a month or in all; null = no limit */
    public String getBudget() {
        return budget;
    }

    /** @param budget what its jobs may cost, such as {@code 20 USD/day, 1000 USD}; read when the engine starts; null = no limit */
    public void setBudget(String budget) {
        this.budget = budget;
    }

    /** @return what one job may cost; null = no limit */
    public String getMaxJobCost() {
        return maxJobCost;
    }

    /** @param maxJobCost what one job may cost, such as {@code 2 USD}; null = no limit */
    public void setMaxJobCost(String maxJobCost) {
        this.maxJobCost = maxJobCost;
    }

    /** @return what a job is expected to cost where the gateway's price is unknown; null = it stays unknown */
    public String getAssumedCost() {
        return assumedCost;
    }

    /** @param assumedCost what a job is expected to cost where the price is unknown, such as {@code 0.40 USD}; null = it stays unknown */
    public void setAssumedCost(String assumedCost) {
        this.assumedCost = assumedCost;
    }

    /**
     * @param  account the account's name
     * @return         its budgets
     * @throws IllegalArgumentException if they cannot be read
     */
    public List<Budget> budgets(String account) {
        return Amounts.budgets("budget of account " + account, Budget.Scope.ACCOUNT, account, budget);
    }
}
