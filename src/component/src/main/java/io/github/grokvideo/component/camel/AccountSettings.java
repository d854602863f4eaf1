// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import io.github.grokvideo.component.camel.options.AccountConfiguration;

/** All settings of an account as a value: equal settings are the same account. Never shows the key. */
record AccountSettings(
        String provider, String apiKey, String baseUrl, String model, Duration pollInterval, Duration maxPollInterval,
        Double submitsPerSecond, int maxConcurrentJobs, boolean allowPrivateAddresses) {

    static AccountSettings of(AccountConfiguration options) {
        return new AccountSettings(
                text(options.getProvider()), text(options.getApiKey()), text(options.getBaseUrl()), text(options.getModel()),
                options.getPollInterval(), options.getMaxPollInterval(), options.getSubmitsPerSecond(),
                options.getMaxConcurrentJobs(), options.isAllowPrivateAddresses());
    }

    static AccountSettings of(GrokVideoAccount bean) {
        return new AccountSettings(
                text(bean.getProvider()), text(bean.getApiKey()), text(bean.getBaseUrl()), text(bean.getModel()),
                bean.getPollInterval(), bean.getMaxPollInterval(), bean.getSubmitsPerSecond(), bean.getMaxConcurrentJobs(),
                bean.isAllowPrivateAddresses());
    }

    /** The model also belongs to the request: an endpoint that only names another model pays from the same account. */
    AccountSettings withModel(String value) {
        return new AccountSettings(
                provider, apiKey, baseUrl, value, pollInterval, maxPollInterval, submitsPerSecond, maxConcurrentJobs,
                allowPrivateAddresses);
    }

    private static String text(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    @Override
    public String toString() {
        return "AccountSettings[" + provider + "]";
    }
}
