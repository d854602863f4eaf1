// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.checked;

import java.time.Instant;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.WebhookVerdict;

/** Protects the engine from faulty rules: a notice that they cannot verify is not verified. */
record CheckedWebhook(WebhookRules rules, ProviderCode code) implements WebhookRules {

    /** Accounts are compared by their rules. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CheckedWebhook checked && rules.equals(checked.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    @Override
    public Needs needs() {
        return code.call("webhook().needs", rules::needs, needs -> null);
    }

    @Override
    public WebhookVerdict verify(WebhookNotice notice, WebhookKeys keys, Instant now) {
        try {
            return code.call("webhook().verify", () -> rules.verify(notice, keys, now), verdict -> null);
        } catch (GrokVideoException faulty) {
            return new WebhookVerdict.Refused(WebhookVerdict.Reason.UNREADABLE);
        }
    }

    @Override
    public String callbackUrl(String publicUrl, String jobId, WebhookKeys keys) {
        return code.call("webhook().callbackUrl", () -> rules.callbackUrl(publicUrl, jobId, keys), url -> null);
    }
}
