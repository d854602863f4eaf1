// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.Optional;
import java.util.function.Supplier;
import io.github.grokvideo.component.engine.VideoEngine;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Detaches the waiting exchanges of a route when it stops; their jobs continue. It listens to route events, because Camel also stops a
 * producer when its cache of dynamic endpoints is full, while calls still wait in it.
 */
final class RouteStops extends SimpleEventNotifierSupport {

    /** The waiter of exchanges outside any route. */
    private static final String NO_ROUTE = "";

    private final CamelContext camelContext;
    private final Supplier<Optional<VideoEngine>> engine;

    RouteStops(CamelContext camelContext, Supplier<Optional<VideoEngine>> engine) {
        this.camelContext = camelContext;
        this.engine = engine;
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreRouteEvents(false);
    }

    /** @return the waiter of the exchange's current route; the engine detaches it when that route stops */
    static Object waiter(Exchange exchange) {
        String route = ExchangeHelper.getRouteId(exchange);
        return route == null ? NO_ROUTE : route;
    }

    /** Whether the waiter's route is stopping, stopped or removed. */
    boolean isStopped(Object waiter) {
        if (waiter.equals(NO_ROUTE)) {
            return false;
        }
        ServiceStatus status = camelContext.getRouteController().getRouteStatus(waiter.toString());
        return status == null || status.isStopping() || status.isStopped();
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.RouteStoppingEvent stopping) {
            engine.get().ifPresent(running -> running.detach(stopping.getRoute().getRouteId()));
        }
    }
}
