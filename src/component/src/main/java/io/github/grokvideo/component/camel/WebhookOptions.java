// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import io.github.grokvideo.component.camel.options.AccountConfiguration;
import io.github.grokvideo.component.engine.AccountWebhooks;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.webhook.KeySet;
import io.github.grokvideo.component.transport.GatewayAccess;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** The webhook options of an account, as a value. Never shows the secret. */
record WebhookOptions(String secret, String keys, WebhookRules verifier, String url, Duration pollInterval) {

    static WebhookOptions of(AccountConfiguration options) {
        return new WebhookOptions(text(options.getWebhookSecret()), text(options.getWebhookKeys()), options.getWebhookVerifier(),
                text(options.getWebhookUrl()), options.getWebhookPollInterval());
    }

    static WebhookOptions of(GrokVideoAccount bean) {
        return new WebhookOptions(text(bean.getWebhookSecret()), text(bean.getWebhookKeys()), bean.getWebhookVerifier(),
                text(bean.getWebhookUrl()), bean.getWebhookPollInterval());
    }

    /**
     * @return null = the account has no webhook
     * @throws IllegalArgumentException if an option is missing or wrong
     */
    AccountWebhooks of(VideoProvider provider, CamelContext camelContext) {
        if (pollInterval != null && (pollInterval.isZero() || pollInterval.isNegative())) {
            throw new IllegalArgumentException("webhookPollInterval must be longer than 0: " + pollInterval);
        }
        if (secret == null && keys == null && verifier == null && url == null) {
            return null;
        }
        WebhookRules rules = verifier != null ? verifier : provider.webhook().orElseThrow(() -> new IllegalArgumentException(
                provider.name() + " sends no webhook notices that can be verified: remove the webhook options, or set webhookVerifier"));
        WebhookRules.Needs needs = rules.needs();
        List<String> secrets = secret == null ? List.of()
                : Arrays.stream(secret.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
        if (needs == WebhookRules.Needs.SECRET && secrets.isEmpty()) {
            throw new IllegalArgumentException("webhookSecret is missing: without it no notice of " + provider.name()
                    + " can be verified");
        }
        if (needs == WebhookRules.Needs.PUBLIC_KEYS && keys == null) {
            throw new IllegalArgumentException("webhookKeys is missing: without it no notice of " + provider.name() + " can be verified");
        }
        URI keySet = keys != null && keys.matches("(?i)https?:.*") ? http("webhookKeys", keys) : null;
        List<PublicKey> publicKeys = keys == null || keySet != null ? List.of() : read(camelContext);
        return new AccountWebhooks(rules, new WebhookKeys(secrets, publicKeys), keySet, url == null ? null : publicUrl(),
                pollInterval);
    }

    private List<PublicKey> read(CamelContext camelContext) {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(camelContext, keys)) {
            List<PublicKey> read = KeySet.read(new String(in.readNBytes(WebhookNotice.MAX_BODY), StandardCharsets.UTF_8));
            if (read.isEmpty()) {
                throw new IllegalArgumentException("webhookKeys " + keys + " is not a JSON Web Key Set with an Ed25519 key");
            }
            return read;
        } catch (IOException e) {
            throw new IllegalArgumentException("webhookKeys " + keys + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String publicUrl() {
        URI uri = http("webhookUrl", url);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("webhookUrl must have no query or fragment");
        }
        return url.replaceAll("/+$", "");
    }

    private static URI http(String option, String value) {
        try {
            URI uri = URI.create(value);
            if (value.matches("(?i)https?://.*") && GatewayAccess.host(uri) != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException notAUrl) {
            // Reported below, without the value, which may contain a password.
        }
        throw new IllegalArgumentException(option + " must be an http or https URL with a host and without user info");
    }

    private static String text(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    @Override
    public String toString() {
        return "WebhookOptions[" + url + "]";
    }
}
