// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.spi.BeanIntrospection;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.ObjectHelper;
import org.apache.camel.support.PluginHelper;

/**
 * Keeps Camel from logging an error for each exchange that a stop has detached. If a route has only Camel's default error handler, which
 * would log and do nothing else, the exchange is marked as already handled. Any other error handling (onException, doTry, dead letter
 * channels, transactions) sees the exception as usual. Camel drops a route's error handling definition once the route has started, so it is
 * inspected before. Thread-safe.
 */
final class QuietDetachment extends LifecycleStrategySupport {

    /** By name, since these classes belong to Camel's model, which this component does not depend on. */
    private static final Set<String> DEFAULT_HANDLERS = Set.of("org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition",
            "org.apache.camel.builder.DefaultErrorHandlerBuilder");
    private static final String REFERENCE = "org.apache.camel.model.errorhandler.RefErrorHandlerDefinition";
    private static final String NO_REFERENCE = "CamelDefaultErrorHandlerBuilder";
    /** Properties that make the default error handler do more than log. */
    private static final List<String> MORE = List.of("onExceptionOccurredProcessor", "onExceptionOccurredRef",
            "onPrepareFailureProcessor", "onPrepareFailureRef", "retryWhilePredicate", "retryWhileRef", "redeliveryPolicyRef");

    private final CamelContext camelContext;
    /** Ids of the routes whose error handler only logs. */
    private final Set<String> onlyLogging = ConcurrentHashMap.newKeySet();

    QuietDetachment(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            if (onlyLogs(route)) {
                onlyLogging.add(route.getId());
            } else {
                onlyLogging.remove(route.getId());
            }
        }
    }

    @Override
    public void onRoutesRemove(Collection<Route> routes) {
        routes.forEach(route -> onlyLogging.remove(route.getId()));
    }

    /** @param exchange failed because its route is stopping */
    void of(Exchange exchange) {
        Route route = ExchangeHelper.getRoute(exchange);
        boolean tried = Boolean.TRUE.equals(exchange.getProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, Boolean.class));
        if (route != null && !tried && onlyLogging.contains(route.getId())) {
            exchange.getExchangeExtension().setRedeliveryExhausted(true);
            // The properties that the error handler would set.
            exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, exchange.getException());
            exchange.setProperty(ExchangePropertyKey.FAILURE_ENDPOINT, exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT));
            exchange.setProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, route.getRouteId());
        }
    }

    private boolean onlyLogs(Route route) {
        ErrorHandlerFactory own = route.getErrorHandlerFactory();
        if (own == null || !route.getErrorHandlers(own).isEmpty()) {
            return false;
        }
        boolean none = own.getClass().getName().equals(REFERENCE) && NO_REFERENCE.equals(property(own, "ref"));
        ErrorHandlerFactory handler = none ? camelContext.getCamelContextExtension().getErrorHandlerFactory() : own;
        return handler == null || DEFAULT_HANDLERS.contains(handler.getClass().getName())
                && MORE.stream().allMatch(name -> property(handler, name) == null) && !redelivers(handler);
    }

    /** Calls hasRedeliveryPolicy, because the getter of the policy would create one. */
    private static boolean redelivers(ErrorHandlerFactory handler) {
        try {
            return !Boolean.FALSE.equals(ObjectHelper.invokeMethodSafe("hasRedeliveryPolicy", handler));
        } catch (ReflectiveOperationException unknown) {
            return true;
        }
    }

    private Object property(ErrorHandlerFactory handler, String name) {
        BeanIntrospection beans = PluginHelper.getBeanIntrospection(camelContext);
        return beans.getOrElseProperty(handler, name, null, false);
    }
}
