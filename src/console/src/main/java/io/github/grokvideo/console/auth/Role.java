// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a login may do. */
public enum Role {

    /** May look at jobs and budgets, and play videos. */
    VIEWER,
    /** A viewer who may also act on jobs, which can cost money, and change the limits of budgets. */
    MANAGER;

    /** The name in user files, and of the login's role principal. */
    public String roleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is no such role
     */
    public static Role of(String roleName) {
        return Arrays.stream(values()).filter(role -> role.roleName().equals(roleName)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + roleName + "' is not a role of the console: "
                        + Arrays.stream(values()).map(Role::roleName).collect(Collectors.joining(" or "))));
    }

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
