// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import javax.security.auth.login.Configuration;
import io.hawt.HawtioContextListener;
import io.hawt.web.auth.AuthenticationConfiguration;
import jakarta.servlet.ServletContext;

/** Sets up Hawtio with the console's users. */
public final class HawtioContext extends HawtioContextListener {

    private final Configuration logins;

    public HawtioContext(Configuration logins) {
        super(new HawtioSettings());
        this.logins = logins;
    }

    @Override
    protected void configureAuthenticationProviders(ServletContext context, AuthenticationConfiguration authentication) {
        authentication.addConfiguration(logins);
    }
}
