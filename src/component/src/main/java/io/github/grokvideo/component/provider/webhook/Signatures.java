// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What the schemes have in common. Values are compared in constant time. */
final class Signatures {

    /** How far the time of a signature may be from now, into the past and, for a wrong clock, into the future. */
    static final Duration TOLERANCE = Duration.ofSeconds(300);

    private static final String HMAC = "HmacSHA256";
    private static final Pattern UNIX_SECONDS = Pattern.compile("\\d{1,12}");
    private static final JsonMapper JSON = new JsonMapper();

    private Signatures() {
    }

    /** @return HMAC-SHA256 over the parts, one after the other */
    static byte[] hmac(String secret, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no " + HMAC, e);
        }
    }

    /** @return whether one of the secrets gives one of the signatures; all of them are tried */
    static boolean isSigned(List<String> secrets, List<String> hexSignatures, byte[]... parts) {
        boolean found = false;
        for (String secret : secrets) {
            byte[] right = hmac(secret, parts);
            for (String signature : hexSignatures) {
                found |= MessageDigest.isEqual(right, bytes(signature));
            }
        }
        return found;
    }

    /** @return empty if the text is not hexadecimal */
    static byte[] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex.strip());
        } catch (IllegalArgumentException notHex) {
            return new byte[0];
        }
    }

    static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }

    /** @param unixSeconds as text; anything else is not recent */
    static boolean isRecent(String unixSeconds, Instant now) {
        return UNIX_SECONDS.matcher(unixSeconds).matches()
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(unixSeconds)), now).abs().compareTo(TOLERANCE) <= 0;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @return missing if it is not JSON */
    static JsonNode json(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException | StackOverflowError unreadable) {
            return MissingNode.getInstance();
        }
    }

    /** @return null = there is none, or it cannot be an id */
    static String id(JsonNode node) {
        String id = node.isTextual() ? node.textValue().strip() : "";
        return id.isEmpty() || id.length() > 1000 || id.chars().anyMatch(Character::isISOControl) ? null : id;
    }
}
