// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.security.SecureRandom;
import java.util.List;

/** A user {@code admin} with a random password, for a console without configured users. */
public final class GeneratedPassword {

    /** The user's name. */
    public static final String USER = "admin";

    // No letters that look like digits; 5 bits each.
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 5;
    private static final int GROUP_LENGTH = 4;

    private final String password;

    public GeneratedPassword() {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
            text.append(i > 0 && i % GROUP_LENGTH == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        password = text.toString();
    }

    /** The password, for printing. */
    public String password() {
        return password;
    }

    public ConsoleUsers users() {
        PasswordHash hash = PasswordHash.of(password.toCharArray(), PasswordHash.MIN_ITERATIONS);
        return ConsoleUsers.of(List.of(new ConsoleUser(USER, Role.MANAGER, hash)));
    }

    /** Without the password, so that it is not printed by accident. */
    @Override
    public String toString() {
        return "a generated password";
    }
}
