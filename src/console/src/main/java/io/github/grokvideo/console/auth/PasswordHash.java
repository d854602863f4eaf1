// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A salted hash of a password, written <code>pbkdf2-sha256$iterations$salt$hash</code> (salt and hash in Base64). Immutable.
 */
public final class PasswordHash {

    /** Fewer iterations are refused, since such a hash is too easy to crack if it leaks. */
    public static final int MIN_ITERATIONS = 210_000;
    /** More would delay every login by seconds. */
    public static final int MAX_ITERATIONS = 10_000_000;
    /** Iterations of new hashes. */
    public static final int DEFAULT_ITERATIONS = 600_000;

    private static final String PREFIX = "pbkdf2-sha256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern TEXT = Pattern.compile(PREFIX + "\\$(\\d{1,9})\\$([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+)");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /**
     * Hashes a password with a new salt.
     *
     * @throws IllegalArgumentException if the password is empty or the iterations are out of range
     */
    public static PasswordHash of(char[] password, int iterations) {
        if (password.length == 0) {
            throw new IllegalArgumentException("A password must not be empty");
        }
        requireIterations(iterations);
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new PasswordHash(iterations, salt, derive(password, salt, iterations));
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if the text is not such a hash, or has too few iterations
     */
    public static PasswordHash parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            // The text is not shown: it may be a plain password.
            throw new IllegalArgumentException("Not a password hash; it is written " + PREFIX + "$<iterations>$<salt>$<hash>, as the class "
                    + PasswordCommand.class.getName() + " prints it");
        }
        int iterations = Integer.parseInt(parts.group(1));
        requireIterations(iterations);
        byte[] salt = Base64.getDecoder().decode(parts.group(2));
        byte[] hash = Base64.getDecoder().decode(parts.group(3));
        if (salt.length < SALT_BYTES || hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("A password hash needs a salt of " + SALT_BYTES + " bytes or more and a hash of "
                    + HASH_BYTES + ", this one has " + salt.length + " and " + hash.length);
        }
        return new PasswordHash(iterations, salt, hash);
    }

    /** Whether this is the hash of that password; takes the same time either way. */
    public boolean matches(char[] password) {
        return password.length > 0 && MessageDigest.isEqual(hash, derive(password, salt, iterations));
    }

    int iterations() {
        return iterations;
    }

    /** The form that {@link #parse} reads. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return PREFIX + "$" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** Without the hash, so that it cannot appear in a log. */
    @Override
    public String toString() {
        return PREFIX + " of " + iterations + " iterations";
    }

    private static void requireIterations(int iterations) {
        if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("A password hash of " + iterations + " iterations is refused: " + MIN_ITERATIONS + " to "
                    + MAX_ITERATIONS + " are accepted");
        }
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }
}
