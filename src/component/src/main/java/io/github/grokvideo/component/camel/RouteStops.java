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
 * Frees the exchanges that wait in a route when it stops; their jobs go on. The route says so and not the producer: Camel stops a producer
 * also when its cache of dynamic endpoints is full, while calls wait in it.
 */
final class RouteStops extends SimpleEventNotifierSupport {

    /** Waits for whoever is in no route. */
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

    /** @return who waits where this exchange is now: the waiter that the engine is told to detach when its route stops */
    static Object waiter(Exchange exchange) {
        String route = ExchangeHelper.getRouteId(exchange);
        return route == null ? NO_ROUTE : route;
    }

    /** Whether the waiter's route is no longer there to be waited in. */
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
