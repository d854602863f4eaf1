// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of short texts. */
public final class Sha256 {

    private Sha256() {
    }

    /**
     * @param  text hashed as UTF-8
     * @return      SHA-256 in hex, lower case
     */
    public static String hex(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
