// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.webhook;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import com.fasterxml.jackson.databind.JsonNode;

/** The Ed25519 keys of a JSON Web Key Set. Others are skipped. */
public final class KeySet {

    private static final int MAX_KEYS = 20;
    private static final int KEY_BYTES = 32;

    private KeySet() {
    }

    /**
     * @param  json the set, untrusted
     * @return      its Ed25519 keys, in order, at most {@value #MAX_KEYS}; empty if there is none, or it is not a key set
     */
    public static List<PublicKey> read(String json) {
        List<PublicKey> keys = new ArrayList<>();
        for (JsonNode key : Signatures.json(Signatures.utf8(json)).path("keys")) {
            if ("OKP".equals(key.path("kty").asText()) && "Ed25519".equals(key.path("crv").asText()) && keys.size() < MAX_KEYS) {
                add(keys, key.path("x").asText());
            }
        }
        return keys;
    }

    private static void add(List<PublicKey> keys, String base64Url) {
        try {
            byte[] little = Base64.getUrlDecoder().decode(base64Url);
            if (little.length == KEY_BYTES) {
                keys.add(KeyFactory.getInstance("Ed25519").generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(little))));
            }
        } catch (IllegalArgumentException | GeneralSecurityException notAKey) {
            // One unusable key does not make the others unusable.
            return;
        }
    }

    /** The coordinate y, least byte first; the highest bit says whether x is odd. */
    private static EdECPoint point(byte[] little) {
        byte[] big = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            big[i] = little[KEY_BYTES - 1 - i];
        }
        boolean odd = big[0] < 0;
        big[0] &= 0x7f;
        return new EdECPoint(odd, new BigInteger(1, big));
    }
}
