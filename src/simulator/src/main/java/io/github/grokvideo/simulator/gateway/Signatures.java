// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Signs webhooks: HMAC-SHA256 with a shared secret, Ed25519 with a key of this simulator. */
final class Signatures {

    private static final int KEY_BYTES = 32;

    private final KeyPair pair;
    private final KeyPair other;

    /** @param secret the same secret gives the same keys */
    Signatures(byte[] secret) {
        this.pair = pair(sha256(secret));
        this.other = pair(sha256(sha256(secret)));
    }

    /** HMAC-SHA256 of a prefix and a body, in lower-case hex. */
    static String hmac(String secret, String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** SHA-256 in lower-case hex. */
    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256(bytes));
    }

    /** Ed25519 signature in lower-case hex. */
    String ed25519(String message, boolean forged) {
        try {
            PrivateKey key = (forged ? other : pair).getPrivate();
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /** The public key as a JSON Web Key Set. */
    ObjectNode keySet() {
        byte[] encoded = pair.getPublic().getEncoded();
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        keys.putArray("keys").addObject().put("kty", "OKP").put("crv", "Ed25519").put("use", "sig").put("alg", "EdDSA")
                .put("kid", hash(encoded).substring(0, 16))
                .put("x", Base64.getUrlEncoder().withoutPadding()
                        .encodeToString(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length)));
        return keys;
    }

    private static KeyPair pair(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Not random: the next run of a simulator with a store must have the same keys. */
    private static final class Seed extends SecureRandom {

        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        private Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, Math.min(bytes.length, seed.length));
        }
    }
}
