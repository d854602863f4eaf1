// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;

/**
 * An account besides the component's own: who pays, at which gateway, within which limits. A bean in the registry; its name is the
 * one routes write as {@code account=}. Read once, when it is first used.
 */
public class GrokVideoAccount {

    private String name;
    private String provider;
    private String apiKey;
    private String baseUrl;
    private String model;
    private Duration pollInterval;
    private Duration maxPollInterval;
    private Double submitsPerSecond;
    private int maxConcurrentJobs;
    private boolean allowPrivateAddresses;

    public GrokVideoAccount() {
    }

    /**
     * @param provider the gateway, as the option {@code provider}
     * @param apiKey   its key
     */
    public GrokVideoAccount(String provider, String apiKey) {
        this.provider = provider;
        this.apiKey = apiKey;
    }

    public String getName() {
        return name;
    }

    /** Name stored with jobs; null = the bean's name in the registry. Durable jobs find their account by it. */
    public void setName(String name) {
        this.name = name;
    }

    public String getProvider() {
        return provider;
    }

    /** xai, toapis, reapi, aivideoapi, uniall, or the registry name of an own gateway as {@code #name}. Required. */
    public void setProvider(String provider) {
        this.provider = provider;
    }

    public String getApiKey() {
        return apiKey;
    }

    /** The gateway's key. Required. */
    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    /** null = the gateway's public address. */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public String getModel() {
        return model;
    }

    /** Used where neither message nor endpoint names one; null = the gateway's default. */
    public void setModel(String model) {
        this.model = model;
    }

    public Duration getPollInterval() {
        return pollInterval;
    }

    /** Shortest time between two status queries of a job; null = the gateway's. */
    public void setPollInterval(Duration pollInterval) {
        this.pollInterval = pollInterval;
    }

    public Duration getMaxPollInterval() {
        return maxPollInterval;
    }

    /** Longest time between two status queries of a job; null = the gateway's. */
    public void setMaxPollInterval(Duration maxPollInterval) {
        this.maxPollInterval = maxPollInterval;
    }

    public Double getSubmitsPerSecond() {
        return submitsPerSecond;
    }

    /** 0 = unlimited, null = the gateway's. */
    public void setSubmitsPerSecond(Double submitsPerSecond) {
        this.submitsPerSecond = submitsPerSecond;
    }

    public int getMaxConcurrentJobs() {
        return maxConcurrentJobs;
    }

    /** Jobs at the gateway at once; 0 = unlimited. */
    public void setMaxConcurrentJobs(int maxConcurrentJobs) {
        this.maxConcurrentJobs = maxConcurrentJobs;
    }

    public boolean isAllowPrivateAddresses() {
        return allowPrivateAddresses;
    }

    /** Whether videos may be downloaded from private addresses. */
    public void setAllowPrivateAddresses(boolean allowPrivateAddresses) {
        this.allowPrivateAddresses = allowPrivateAddresses;
    }

    @Override
    public String toString() {
        return "GrokVideoAccount[name=" + name + ", provider=" + provider + ", model=" + model + "]";
    }
}
