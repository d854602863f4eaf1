// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookRules;

/**
 * How an account's gateway reports the end of jobs, and how that is verified.
 *
 * @param rules        how notices are verified
 * @param keys         what they are verified with; never shown
 * @param keySet       http or https URL of the gateway's public keys; null = {@code keys} has all there are
 * @param publicUrl    where the gateway can reach the webhook, without a query and without a slash at the end; null = it is not told
 * @param pollInterval shortest time between two status queries of a job whose notice can be relied on; null = as without webhooks
 */
public record AccountWebhooks(WebhookRules rules, WebhookKeys keys, URI keySet, String publicUrl, Duration pollInterval) {

    public AccountWebhooks {
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(keys, "keys");
    }

    /** Webhooks that do not change how often jobs are polled. */
    public AccountWebhooks(WebhookRules rules, WebhookKeys keys, URI keySet, String publicUrl) {
        this(rules, keys, keySet, publicUrl, null);
    }

    @Override
    public String toString() {
        return "AccountWebhooks[" + keys + "]";
    }
}
