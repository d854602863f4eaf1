// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.webhook;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.WebhookVerdict;

/** ToAPIs: an HMAC over id, time and body, made with the secret and, for a day after its rotation, with the one before. */
public final class ToApisWebhook implements WebhookRules {

    private static final String ID = "X-ToAPIs-Webhook-Id";
    private static final String TIMESTAMP = "X-ToAPIs-Webhook-Timestamp";
    private static final String SIGNATURE = "X-ToAPIs-Webhook-Signature";

    @Override
    public WebhookVerdict verify(WebhookNotice notice, WebhookKeys keys, Instant now) {
        String id = notice.header(ID);
        String timestamp = notice.header(TIMESTAMP);
        List<String> signatures = Arrays.stream(notice.header(SIGNATURE).split(",")).map(String::strip)
                .filter(one -> one.startsWith("v1=")).map(one -> one.substring(3)).limit(8).toList();
        if (id.isEmpty() || !Signatures.isSigned(keys.secrets(), signatures, Signatures.utf8(id + "." + timestamp + "."), notice.body())) {
            return new WebhookVerdict.Refused(WebhookVerdict.Reason.FORGED);
        }
        if (!Signatures.isRecent(timestamp, now)) {
            return new WebhookVerdict.Refused(WebhookVerdict.Reason.STALE);
        }
        JsonNode body = Signatures.json(notice.body());
        // The console's test event has no task.
        return body.isObject() ? new WebhookVerdict.Verified(Signatures.id(body.at("/data/task_id")), null, id)
                : new WebhookVerdict.Refused(WebhookVerdict.Reason.UNREADABLE);
    }
}
