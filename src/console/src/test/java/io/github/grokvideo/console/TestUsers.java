// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.util.List;
import io.github.grokvideo.console.auth.ConsoleUser;
import io.github.grokvideo.console.auth.ConsoleUsers;
import io.github.grokvideo.console.auth.PasswordHash;
import io.github.grokvideo.console.auth.Role;

/** {@code ann} is a manager, {@code vic} a viewer. */
final class TestUsers {

    static final String MANAGER = "ann";
    static final String VIEWER = "vic";
    static final String PASSWORD = "Caf\u00e9 au lait";

    private static final PasswordHash HASH = PasswordHash.of(PASSWORD.toCharArray(), PasswordHash.MIN_ITERATIONS);

    private TestUsers() {
    }

    static ConsoleUsers both() {
        return ConsoleUsers.of(List.of(new ConsoleUser(MANAGER, Role.MANAGER, HASH), new ConsoleUser(VIEWER, Role.VIEWER, HASH)));
    }
}
