// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.IOException;
import io.github.grokvideo.console.auth.CurrentLogin;
import io.github.grokvideo.console.auth.Role;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Returns the current login to the page: <code>{"user":"ann","role":"viewer"}</code>. */
public final class MeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient CurrentLogin login;

    public MeServlet(CurrentLogin login) {
        this.login = login;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        // Neither user names nor roles can contain a character that JSON escapes.
        response.getWriter().printf("{\"user\":\"%s\",\"role\":\"%s\"}", login.user().orElse(""),
                login.role().map(Role::roleName).orElse(""));
    }
}
