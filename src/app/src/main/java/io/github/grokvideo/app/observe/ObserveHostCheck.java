// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.observe;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Answers 421 to requests under another host's name, and 403 to those of another origin's page, for metrics, health and the routes that
 * serve HTTP. They ask for no login: a foreign page that rebinds its name to this machine would read ids, accounts and errors of jobs, and
 * one that a browser sends here could ask for videos.
 */
final class ObserveHostCheck {

    private static final String LISTENS_ON = "camel.server.host";
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");
    private static final int MISDIRECTED_REQUEST = 421;
    private static final int FORBIDDEN = 403;

    private final Set<String> names;

    private ObserveHostCheck(Set<String> names) {
        this.names = names;
    }

    /**
     * For the HTTP servers of a started context.
     *
     * @param hosts further names, with commas between them: those of a proxy before it, for example; null = none
     */
    static void addTo(CamelContext context, String hosts) {
        Set<String> names = new HashSet<>(NAMES);
        String own = context.getPropertiesComponent().resolveProperty(LISTENS_ON).orElse("");
        Arrays.stream((own + "," + (hosts == null ? "" : hosts)).split(",")).map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty() && !EVERY_ADDRESS.contains(host)).forEach(names::add);
        ObserveHostCheck check = new ObserveHostCheck(names);
        context.getRegistry().findByType(VertxPlatformHttpRouter.class)
                .forEach(router -> router.route().order(Integer.MIN_VALUE).handler(check::check));
    }

    private void check(RoutingContext call) {
        HostAndPort asked = call.request().authority();
        if (asked == null || !names.contains(asked.host().toLowerCase(Locale.ROOT))) {
            call.response().setStatusCode(MISDIRECTED_REQUEST).end();
        } else if (isForeign(call.request(), asked)) {
            call.response().setStatusCode(FORBIDDEN).end();
        } else {
            call.next();
        }
    }

    /** Programs send no origin. Of browsers, those of today also say whether the page is another's; "none" is a person's own doing. */
    private static boolean isForeign(HttpServerRequest request, HostAndPort asked) {
        String origin = request.getHeader("Origin");
        String host = asked.port() < 0 ? asked.host() : asked.host() + ":" + asked.port();
        if (origin != null && !origin.equalsIgnoreCase("http://" + host) && !origin.equalsIgnoreCase("https://" + host)) {
            return true;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }
}
