// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.WebhookVerdict;

/** OpenRouter: an HMAC over time and body, both in one header. */
public final class OpenRouterWebhook implements WebhookRules {

    private static final String SIGNATURE = "X-OpenRouter-Signature";

    @Override
    public WebhookVerdict verify(WebhookNotice notice, WebhookKeys keys, Instant now) {
        String timestamp = "";
        List<String> signatures = new ArrayList<>();
        for (String part : notice.header(SIGNATURE).split(",")) {
            String one = part.strip();
            if (one.startsWith("t=")) {
                timestamp = one.substring(2);
            } else if (one.startsWith("v1=") && signatures.size() < 8) {
                signatures.add(one.substring(3));
            }
        }
        if (!Signatures.isSigned(keys.secrets(), signatures, Signatures.utf8(timestamp + ","), notice.body())) {
            return new WebhookVerdict.Refused(WebhookVerdict.Reason.FORGED);
        }
        if (!Signatures.isRecent(timestamp, now)) {
            return new WebhookVerdict.Refused(WebhookVerdict.Reason.STALE);
        }
        JsonNode body = Signatures.json(notice.body());
        // X-OpenRouter-Idempotency-Key says the same, but is not signed.
        String taskId = Signatures.id(body.at(body.path("data").isObject() ? "/data/id" : "/id"));
        String noticeId = taskId == null ? Signatures.sha256(notice.body())
                : taskId + "-" + body.at(body.path("data").isObject() ? "/data/status" : "/status").asText();
        return body.isObject() ? new WebhookVerdict.Verified(taskId, null, noticeId)
                : new WebhookVerdict.Refused(WebhookVerdict.Reason.UNREADABLE);
    }
}
