// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.login.Configuration;
import io.github.grokvideo.console.VideoFileSource;
import io.github.grokvideo.console.auth.CurrentLogin;
import io.github.grokvideo.console.auth.JolokiaPolicy;
import io.hawt.web.auth.AuthConfigurationServlet;
import io.hawt.web.auth.AuthenticationConfiguration;
import io.hawt.web.auth.AuthenticationFilter;
import io.hawt.web.auth.ClientRouteRedirectFilter;
import io.hawt.web.auth.LoginServlet;
import io.hawt.web.auth.LogoutServlet;
import io.hawt.web.auth.Redirector;
import io.hawt.web.auth.SessionExpiryFilter;
import io.hawt.web.auth.UserServlet;
import io.hawt.web.filters.ResponseHeadersFilter;
import io.hawt.web.plugin.PluginServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServlet;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.jolokia.server.core.http.AgentServlet;

/** The web application: Hawtio's filters and servlets in their usual order, without its proxy, and the console's own. */
public final class ConsoleContext {

    /** The path Hawtio's page expects; at the root it requests some of its parts with a double slash. */
    public static final String PATH = "/hawtio";

    private static final String VIDEOS = "/videos/";
    private static final String FOLLOW = "/follow";

    private final ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);

    /**
     * @param port   part of the cookie's name: cookies do not depend on the port, so two consoles on a machine would log each other out
     * @param secure whether browsers use HTTPS only
     * @param logins who may log in
     */
    public ConsoleContext(int port, boolean secure, Configuration logins) {
        context.setContextPath(PATH);
        context.setErrorHandler(errorPage());
        var sessions = context.getSessionHandler();
        sessions.setSessionCookie("GROKVIDEO_CONSOLE_" + port);
        sessions.setHttpOnly(true);
        sessions.setSameSite(HttpCookie.SameSite.STRICT);
        sessions.getSessionCookieConfig().setSecure(secure);
        sessions.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        // Hawtio would serve its page for every unknown path.
        context.setAttribute(ClientRouteRedirectFilter.ATTRIBUTE_UNSECURED_PATHS,
                Stream.concat(Arrays.stream(AuthenticationConfiguration.UNSECURED_PATHS), Stream.of(VIDEOS, FOLLOW))
                        .toArray(String[]::new));
        context.addEventListener(new HawtioContext(logins));
    }

    /** Jetty's own error page shows stack traces, even without a login. */
    private static ErrorHandler errorPage() {
        ErrorHandler page = new ErrorHandler();
        page.setShowStacks(false);
        page.setShowCauses(false);
        page.setShowOrigin(false);
        return page;
    }

    /** Hawtio's login and pages. */
    public void addHawtio(ForeignPageCheck foreignPages, LoginGate gate) {
        Redirector redirector = new Redirector();
        filter(foreignPages, "/*");
        filter(gate, "/*");
        filter(new IdleFilter(), FOLLOW);
        filter(new SessionExpiryFilter(), "/*");
        filter(new ResponseHeadersFilter(), "/*");
        filter(new AuthenticationFilter(), "/jolokia/*", VIDEOS + "*", FOLLOW);
        filter(new RouteSourceMask(), "/jolokia/*");
        filter(new JolokiaBody(), "/jolokia/*");
        ClientRouteRedirectFilter routes = new ClientRouteRedirectFilter(AuthenticationConfiguration.UNSECURED_PATHS, "/");
        routes.setRedirector(redirector);
        filter(routes, "/*");

        LoginServlet login = new LoginServlet();
        login.setRedirector(redirector);
        LogoutServlet logout = new LogoutServlet();
        logout.setRedirector(redirector);
        servlet(login, "/auth/login");
        servlet(logout, "/auth/logout");
        servlet(new AuthConfigurationServlet(PATH), "/auth/config/*");
        servlet(new UserServlet(), "/user/*");
        servlet(new PluginServlet(), "/plugin/*");
        servlet(new FixedJson("false"), "/keycloak/*");
        servlet(new FixedJson("false"), "/proxy/enabled");
        servlet(new FixedJson("[]"), "/preset-connections");
    }

    public void addJolokia(JolokiaPolicy policy) {
        ServletHolder agent = new ServletHolder(new AgentServlet(policy));
        context.addServlet(agent, "/jolokia/*");
    }

    /** @param origins of the console's page */
    public void addVideos(VideoFileSource videos, CurrentLogin login, Set<String> origins) {
        servlet(new MeServlet(login), VIDEOS + "me");
        servlet(new ImageUploadServlet(origins, login), ImageUploadServlet.PATH + "/*");
        servlet(new VideoServlet(videos), VIDEOS + "*");
    }

    public void addFollowing(CurrentLogin login) {
        servlet(new FollowServlet(login), FOLLOW);
    }

    /** The files of Hawtio's page and of the Video Jobs tab; if both have a file, the tab's wins. */
    public void addPages() {
        ResourceFactory resources = ResourceFactory.of(context);
        context.setBaseResource(ResourceFactory.combine(resources.newClassLoaderResource("io/github/grokvideo/console/pages/"),
                resources.newClassLoaderResource("io/github/grokvideo/console/hawtio-static/")));
        ServletHolder files = new ServletHolder("default", new DefaultServlet());
        files.setInitParameter("dirAllowed", "false");
        context.addServlet(files, "/");
    }

    public ServletContextHandler handler() {
        return context;
    }

    private void filter(Filter filter, String... paths) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setName(filter.getClass().getSimpleName());
        for (String path : paths) {
            context.addFilter(holder, path, EnumSet.of(DispatcherType.REQUEST, DispatcherType.FORWARD));
        }
    }

    private void servlet(HttpServlet servlet, String path) {
        context.addServlet(new ServletHolder(servlet), path);
    }
}
