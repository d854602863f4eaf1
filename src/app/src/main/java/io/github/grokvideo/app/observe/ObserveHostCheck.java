package io.github.grokvideo.app.observe;

import java.util.Locale;
import java.util.Set;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Answers 421 to questions for metrics and health under another host's name: they ask for no login, and a foreign page that rebinds its
 * name to this machine would read ids, accounts and errors of jobs.
 */
final class ObserveHostCheck {

    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final int MISDIRECTED_REQUEST = 421;

    private ObserveHostCheck() {
    }

    /** For the management server of a started context. */
    static void addTo(CamelContext context) {
        context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream().filter(VertxPlatformHttpRouter::isManagementServer)
                .forEach(router -> router.route().order(Integer.MIN_VALUE).handler(ObserveHostCheck::check));
    }

    private static void check(RoutingContext call) {
        HostAndPort asked = call.request().authority();
        if (asked != null && NAMES.contains(asked.host().toLowerCase(Locale.ROOT))) {
            call.next();
        } else {
            call.response().setStatusCode(MISDIRECTED_REQUEST).end();
        }
    }
}
