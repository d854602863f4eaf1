// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.IOException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Fixed answers for parts of Hawtio that are not included, such as its proxy. */
public final class FixedJson extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final String json;

    public FixedJson(String json) {
        this.json = json;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getWriter().print(json);
    }
}
