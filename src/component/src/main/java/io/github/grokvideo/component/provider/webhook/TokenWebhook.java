// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.webhook;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import io.github.grokvideo.component.provider.PathPart;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.WebhookVerdict;

/**
 * For a gateway that does not sign its notices: each job has its own callback URL, which ends in the job's id and a token that only the
 * gateway and this component know. The body is not read.
 */
public final class TokenWebhook implements WebhookRules {

    private static final String PURPOSE = "grokvideo webhook of job ";

    @Override
    public String callbackUrl(String publicUrl, String jobId, WebhookKeys keys) {
        return publicUrl + "/" + PathPart.of(jobId) + "." + HexFormat.of().formatHex(token(keys.secrets().get(0), jobId));
    }

    @Override
    public WebhookVerdict verify(WebhookNotice notice, WebhookKeys keys, Instant now) {
        String last = notice.path().replaceFirst("[?#].*", "").replaceFirst("/+$", "").replaceFirst(".*/", "");
        int dot = last.lastIndexOf('.');
        String jobId = dot < 1 || dot > 1000 ? null : decoded(last.substring(0, dot));
        if (jobId == null || !Signatures.isSigned(keys.secrets(), List.of(last.substring(dot + 1)), Signatures.utf8(PURPOSE + jobId))) {
            return new WebhookVerdict.Refused(WebhookVerdict.Reason.FORGED);
        }
        return new WebhookVerdict.Verified(null, jobId, jobId);
    }

    private static byte[] token(String secret, String jobId) {
        return Signatures.hmac(secret, Signatures.utf8(PURPOSE + jobId));
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }
}
