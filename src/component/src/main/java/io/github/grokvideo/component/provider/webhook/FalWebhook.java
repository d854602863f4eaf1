// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.webhook;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.WebhookVerdict;

/** fal: an Ed25519 signature over request id, user id, time and the digest of the body. A notice does not name its key. */
public final class FalWebhook implements WebhookRules {

    private static final String REQUEST_ID = "X-Fal-Webhook-Request-Id";
    private static final String USER_ID = "X-Fal-Webhook-User-Id";
    private static final String TIMESTAMP = "X-Fal-Webhook-Timestamp";
    private static final String SIGNATURE = "X-Fal-Webhook-Signature";
    private static final int SIGNATURE_BYTES = 64;

    @Override
    public Needs needs() {
        return Needs.PUBLIC_KEYS;
    }

    @Override
    public WebhookVerdict verify(WebhookNotice notice, WebhookKeys keys, Instant now) {
        String requestId = notice.header(REQUEST_ID);
        String timestamp = notice.header(TIMESTAMP);
        byte[] signature = Signatures.bytes(notice.header(SIGNATURE));
        if (requestId.isEmpty() || signature.length != SIGNATURE_BYTES) {
            return new WebhookVerdict.Refused(WebhookVerdict.Reason.FORGED);
        }
        // Before the signature, so that an old notice never makes the keys be fetched.
        if (!Signatures.isRecent(timestamp, now)) {
            return new WebhookVerdict.Refused(WebhookVerdict.Reason.STALE);
        }
        byte[] message = Signatures.utf8(
                String.join("\n", requestId, notice.header(USER_ID), timestamp, Signatures.sha256(notice.body())));
        if (keys.publicKeys().stream().noneMatch(key -> isSigned(key, message, signature))) {
            return new WebhookVerdict.Refused(WebhookVerdict.Reason.UNKNOWN_KEY);
        }
        JsonNode body = Signatures.json(notice.body());
        return body.isObject() ? new WebhookVerdict.Verified(Signatures.id(body.path("request_id")), null, requestId)
                : new WebhookVerdict.Refused(WebhookVerdict.Reason.UNREADABLE);
    }

    private static boolean isSigned(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException wrongKeyOrSignature) {
            return false;
        }
    }
}
