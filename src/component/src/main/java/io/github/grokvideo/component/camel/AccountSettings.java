// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import io.github.grokvideo.component.camel.options.AccountConfiguration;
import io.github.grokvideo.component.camel.options.Amounts;
import io.github.grokvideo.component.engine.AccountCosts;
import io.github.grokvideo.component.store.spend.Budget;

/** All settings of an account as a value: equal settings are the same account. Never shows the key. */
record AccountSettings(
        String provider, String apiKey, String baseUrl, String model, String providerOptions, Duration pollInterval,
        Duration maxPollInterval, Double submitsPerSecond, int maxConcurrentJobs, boolean allowPrivateAddresses, WebhookOptions webhooks,
        double pollEagerness, AccountCosts costs, String tagWeights) {

    static AccountSettings of(AccountConfiguration options) {
        return new AccountSettings(
                text(options.getProvider()), text(options.getApiKey()), text(options.getBaseUrl()), text(options.getModel()),
                text(options.getProviderOptions()),
                options.getPollInterval(), options.getMaxPollInterval(), options.getSubmitsPerSecond(),
                options.getMaxConcurrentJobs(), options.isAllowPrivateAddresses(), WebhookOptions.of(options), options.getPollEagerness(),
                costs(options.getAssumedCost(), options.getMaxJobCost(), List.of()), text(options.getTagWeights()));
    }

    /** @param name of the account */
    static AccountSettings of(GrokVideoAccount bean, String name) {
        return new AccountSettings(
                text(bean.getProvider()), text(bean.getApiKey()), text(bean.getBaseUrl()), text(bean.getModel()),
                text(bean.getProviderOptions()),
                bean.getPollInterval(), bean.getMaxPollInterval(), bean.getSubmitsPerSecond(), bean.getMaxConcurrentJobs(),
                bean.isAllowPrivateAddresses(), WebhookOptions.of(bean), bean.getPollEagerness(),
                costs(bean.getAssumedCost(), bean.getMaxJobCost(), bean.budgets(name)), text(bean.getTagWeights()));
    }

    /** The model and the limit of a job also belong to the request: an endpoint that only sets these pays from the same account. */
    AccountSettings withRequestOptionsOf(AccountSettings own) {
        return new AccountSettings(
                provider, apiKey, baseUrl, own.model, providerOptions, pollInterval, maxPollInterval, submitsPerSecond, maxConcurrentJobs,
                allowPrivateAddresses, webhooks, pollEagerness, new AccountCosts(costs.assumed(), own.costs.most(), costs.budgets()),
                tagWeights);
    }

    /** Whether the same key of the same gateway pays. */
    boolean isPaidAs(AccountSettings other) {
        return Objects.equals(provider, other.provider) && Objects.equals(apiKey, other.apiKey);
    }

    /** @throws IllegalArgumentException if it is not a list of name=value */
    Map<String, String> providerSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String one : providerOptions == null ? new String[0] : providerOptions.split(";")) {
            int equals = one.indexOf('=');
            if (equals < 1 && !one.isBlank()) {
                throw new IllegalArgumentException(
                        "providerOptions must be name=value, separated by semicolons, not '" + one.strip() + "'");
            }
            if (!one.isBlank()) {
                settings.put(one.substring(0, equals).strip(), one.substring(equals + 1).strip());
            }
        }
        return settings;
    }

    private static AccountCosts costs(String assumed, String most, List<Budget> budgets) {
        return new AccountCosts(Amounts.cost("assumedCost", assumed), Amounts.cost("maxJobCost", most), budgets);
    }

    private static String text(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    @Override
    public String toString() {
        return "AccountSettings[" + provider + "]";
    }
}
