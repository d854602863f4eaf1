// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.checked.CheckedProvider;
import io.github.grokvideo.component.transport.GatewayAccess;

/**
 * An account: who pays, at which gateway, within which limits. Jobs refer to it by name; its key is never stored.
 *
 * @param name                  unique within the engine
 * @param provider              the gateway; wrapped so that its answers are checked, see {@link CheckedProvider}
 * @param access                base URL and key
 * @param model                 default if the request names none; null = the provider's default
 * @param pollInterval          shortest time between two status queries of a job; null = the provider's
 * @param maxPollInterval       longest time between two status queries of a job; null = the provider's
 * @param submitsPerSecond      null = the provider's, 0 = unlimited
 * @param maxConcurrentJobs     most jobs at the gateway at once, further ones are queued; 0 = unlimited
 * @param allowPrivateAddresses whether downloads may connect to private addresses
 * @param webhooks              how the gateway reports the end of jobs; null = it does not
 * @param pollEagerness         status queries, as a multiple of those that would be made if it were unknown how long jobs take; more than 0
 * @param costs                 what its jobs are expected and allowed to cost; never null
 * @param tagWeights            shares of the account by tag, each more than 0; tags that are not in it, and jobs without a tag, have 1
 */
public record VideoAccount(
        String name, VideoProvider provider, GatewayAccess access, String model, Duration pollInterval, Duration maxPollInterval,
        Double submitsPerSecond, int maxConcurrentJobs, boolean allowPrivateAddresses, AccountWebhooks webhooks,
        double pollEagerness, AccountCosts costs, Map<String, Double> tagWeights) {

    public VideoAccount {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(costs, "costs");
        provider = CheckedProvider.of(Objects.requireNonNull(provider, "provider"));
        tagWeights = Map.copyOf(tagWeights);
    }

    /** An account without webhooks, with the default eagerness, which all tags share equally. */
    public VideoAccount(
            String name, VideoProvider provider, GatewayAccess access, String model, Duration pollInterval, Duration maxPollInterval,
            Double submitsPerSecond, int maxConcurrentJobs, boolean allowPrivateAddresses) {
        this(name, provider, access, model, pollInterval, maxPollInterval, submitsPerSecond, maxConcurrentJobs, allowPrivateAddresses,
                null, 1, AccountCosts.NONE, Map.of());
    }

    /**
     * @param  tag null = none
     * @return     its share of the account's submits while other tags wait as well, relative to theirs
     */
    public double tagWeight(String tag) {
        return tag == null ? 1 : tagWeights.getOrDefault(tag, 1.0);
    }
}
