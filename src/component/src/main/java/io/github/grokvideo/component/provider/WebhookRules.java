// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.time.Instant;

/**
 * How a gateway's webhook notices are verified: no I/O, no clock, no state. Instances are shared by all threads, and a gateway returns the
 * same or an equal one each time. A bean of this type can verify the notices of any gateway, referenced as {@code webhookVerifier=#bean}.
 */
public interface WebhookRules {

    /** What notices are verified with. */
    enum Needs {
        /** Secrets that are shared with the gateway. */
        SECRET,
        /** Public keys of the gateway. */
        PUBLIC_KEYS,
        /** Nothing that the component has: the rules know all they need. */
        NOTHING
    }

    /** @return what notices are verified with */
    default Needs needs() {
        return Needs.SECRET;
    }

    /**
     * @param  notice untrusted; its body is at most {@link WebhookNotice#MAX_BODY} long
     * @param  keys   of the account
     * @param  now    the current time
     * @return        whether the notice is the gateway's; never null
     */
    WebhookVerdict verify(WebhookNotice notice, WebhookKeys keys, Instant now);

    /**
     * @param  publicUrl where the gateway can reach the webhook; http or https, without a query and without a slash at the end
     * @param  jobId     the component's job id
     * @param  keys      of the account
     * @return           the URL that is sent with the job's submit
     */
    default String callbackUrl(String publicUrl, String jobId, WebhookKeys keys) {
        return publicUrl;
    }
}
