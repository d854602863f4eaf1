// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.security.Principal;
import java.util.Optional;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import io.hawt.system.security.LegacySubjectAccess;
import io.hawt.system.security.ModernSubjectAccess;
import io.hawt.system.security.SubjectAccess;
import io.hawt.web.auth.RolePrincipal;
import io.hawt.web.auth.UserPrincipal;

/** The login of the calling thread: Hawtio's AuthenticationFilter runs each request as its login. Thread-safe. */
public final class CurrentLogin {

    private final Supplier<Subject> current;

    public CurrentLogin() {
        this(CurrentLogin.subjectAccess()::currentSubject);
    }

    CurrentLogin(Supplier<Subject> current) {
        this.current = current;
    }

    /** The user's name; empty outside a logged in request. */
    public Optional<String> user() {
        return principal(UserPrincipal.class);
    }

    /** The login's role; empty outside a logged in request. */
    public Optional<Role> role() {
        return principal(RolePrincipal.class).map(Role::of);
    }

    private Optional<String> principal(Class<? extends Principal> type) {
        Subject subject = current.get();
        return subject == null ? Optional.empty() : subject.getPrincipals(type).stream().map(Principal::getName).findFirst();
    }

    private static SubjectAccess subjectAccess() {
        try {
            return new ModernSubjectAccess();
        } catch (UnsupportedOperationException e) {
            return new LegacySubjectAccess();
        }
    }
}
