// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.security.PublicKey;
import java.util.List;

/**
 * What an account's webhook notices are verified with.
 *
 * @param secrets    shared with the gateway, newest first; several while one is replaced by the next; never shown
 * @param publicKeys of the gateway
 */
public record WebhookKeys(List<String> secrets, List<PublicKey> publicKeys) {

    /**
     * @param secrets    copied
     * @param publicKeys copied
     */
    public WebhookKeys {
        secrets = List.copyOf(secrets);
        publicKeys = List.copyOf(publicKeys);
    }

    @Override
    public String toString() {
        return "WebhookKeys[" + secrets.size() + " secrets, " + publicKeys.size() + " public keys]";
    }
}
