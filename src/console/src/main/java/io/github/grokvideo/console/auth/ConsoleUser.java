// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A user of the console.
 *
 * @param name     1 to 64 letters, digits or {@code . _ @ -}; not {@code public}, which Hawtio treats as not logged in
 * @param role     what the login may do
 * @param password the hash of the password
 */
public record ConsoleUser(String name, Role role, PasswordHash password) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    public ConsoleUser {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(password, "password");
        if (!NAME.matcher(name).matches() || name.equals("public")) {
            throw new IllegalArgumentException("'" + name
                    + "' cannot be a user's name: 1 to 64 letters, digits or . _ @ -, and not 'public'");
        }
    }
}
