// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import io.hawt.web.auth.RolePrincipal;
import io.hawt.web.auth.UserPrincipal;

/**
 * Checks a name and password against {@link ConsoleUsers}; all password checks of the console are made here, and so are throttled.
 */
public final class ConsoleLoginModule implements LoginModule {

    private static final String USERS = "users";
    private static final String THROTTLE = "throttle";

    private Subject subject;
    private CallbackHandler callbacks;
    private ConsoleUsers users;
    private LoginThrottle throttle;
    private ConsoleUser user;
    private Set<Principal> principals = Set.of();

    /** The JAAS configuration that admits only these users. */
    public static Configuration configuration(ConsoleUsers users, LoginThrottle throttle) {
        // REQUIRED: a module added by the JVM's JAAS settings cannot admit anyone by itself.
        AppConfigurationEntry entry = new AppConfigurationEntry(ConsoleLoginModule.class.getName(),
                AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, Map.of(USERS, users, THROTTLE, throttle));
        return new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] { entry };
            }
        };
    }

    @Override
    public void initialize(Subject subject, CallbackHandler callbackHandler, Map<String, ?> sharedState, Map<String, ?> options) {
        this.subject = subject;
        this.callbacks = callbackHandler;
        this.users = (ConsoleUsers) options.get(USERS);
        this.throttle = (LoginThrottle) options.get(THROTTLE);
    }

    @Override
    public boolean login() throws LoginException {
        NameCallback name = new NameCallback("User");
        PasswordCallback password = new PasswordCallback("Password", false);
        try {
            callbacks.handle(new Callback[] { name, password });
        } catch (IOException | UnsupportedCallbackException e) {
            throw new LoginException("No name and password");
        }
        char[] secret = password.getPassword();
        password.clearPassword();
        if (name.getName() == null || secret == null) {
            throw new FailedLoginException("No name and password");
        }
        try {
            if (!throttle.attempt(name.getName(), () -> check(name.getName(), secret))) {
                throw new FailedLoginException("Wrong name or password, or too many attempts");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoginException("Interrupted");
        } finally {
            Arrays.fill(secret, '\0');
        }
        return true;
    }

    private boolean check(String name, char[] password) {
        user = users.login(name, password).orElse(null);
        return user != null;
    }

    @Override
    public boolean commit() {
        if (user == null) {
            return false;
        }
        principals = Set.of(new UserPrincipal(user.name()), new RolePrincipal(user.role().roleName()));
        subject.getPrincipals().addAll(principals);
        return true;
    }

    @Override
    public boolean abort() {
        user = null;
        return true;
    }

    @Override
    public boolean logout() {
        // Hawtio logs out with another module instance, which did not see the login, so only the subject is known.
        if (!subject.isReadOnly()) {
            subject.getPrincipals().clear();
        }
        user = null;
        principals = Set.of();
        return true;
    }
}
