// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.work;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Finds the {@link WorkScope} of every exchange of a context, by listening to Camel's events: a unit of work begins, is redelivered, ends.
 * A copy gets its own scope before anything is done with it, and finds that of its original by the exchange property that every copy
 * inherits, or by its correlation id.
 */
public final class WorkScopes extends EventNotifierSupport {

    /** Exchange property: the scope of the exchange, or of one that it was copied from. */
    private static final String PROPERTY = "CamelGrokVideoScope";
    private static final ReentrantLock CREATION = new ReentrantLock();

    private final Map<String, WorkScope> open = new ConcurrentHashMap<>();

    private WorkScopes() {
        setupIgnore(true);
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreExchangeEvents(false);
        setIgnoreExchangeCreatedEvent(false);
        setIgnoreExchangeCompletedEvent(false);
        setIgnoreExchangeFailedEvents(false);
        setIgnoreExchangeRedeliveryEvents(false);
    }

    /** The scopes of a context, shared by its components. They include exchanges that begin after the first call. */
    public static WorkScopes of(CamelContext context) {
        WorkScopes scopes = context.getCamelContextExtension().getContextPlugin(WorkScopes.class);
        return scopes != null ? scopes : create(context);
    }

    private static WorkScopes create(CamelContext context) {
        CREATION.lock();
        try {
            WorkScopes scopes = context.getCamelContextExtension().getContextPlugin(WorkScopes.class);
            if (scopes == null) {
                scopes = new WorkScopes();
                context.getCamelContextExtension().addContextPlugin(WorkScopes.class, scopes);
            }
            return scopes;
        } finally {
            CREATION.unlock();
        }
    }

    /** Starts listening, if not listening yet. Needed again after the context was stopped, which removes its listeners. */
    public void listen(CamelContext context) {
        CREATION.lock();
        try {
            if (!context.getManagementStrategy().getEventNotifiers().contains(this)) {
                context.getManagementStrategy().addEventNotifier(this);
            }
        } finally {
            CREATION.unlock();
        }
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.ExchangeCreatedEvent created) {
            begin(created.getExchange(), true);
        } else if (event instanceof CamelEvent.ExchangeRedeliveryEvent redelivery) {
            WorkScope scope = of(redelivery.getExchange());
            scope.memory().redelivered(scope);
        } else if (event instanceof CamelEvent.ExchangeCompletedEvent completed) {
            end(completed.getExchange(), true);
        } else if (event instanceof CamelEvent.ExchangeFailedEvent failed) {
            end(failed.getExchange(), false);
        }
    }

    /** The scope an exchange works in: its own; else, for a copy that shares a unit of work or has none yet, that of its original. */
    public WorkScope of(Exchange exchange) {
        WorkScope own = open.get(exchange.getExchangeId());
        if (own != null) {
            return own;
        }
        WorkScope original = original(exchange);
        return original != null ? original
                : begin(exchange, exchange.getUnitOfWork() != null && !exchange.getExchangeExtension().isNotifyEvent());
    }

    /** @param endIsTold whether Camel will report the end; else the scope ends at once, so that nothing waits for it */
    private WorkScope begin(Exchange exchange, boolean endIsTold) {
        WorkScope scope = new WorkScope(exchange, original(exchange));
        exchange.setProperty(PROPERTY, scope);
        if (endIsTold) {
            open.put(exchange.getExchangeId(), scope);
            scope.follow(exchange);
        } else {
            scope.end(true);
        }
        return scope;
    }

    private WorkScope original(Exchange exchange) {
        String id = exchange.getProperty(ExchangePropertyKey.CORRELATION_ID, String.class);
        WorkScope correlated = id == null ? null : open.get(id);
        return correlated != null ? correlated : exchange.getProperty(PROPERTY) instanceof WorkScope inherited ? inherited : null;
    }

    private void end(Exchange exchange, boolean success) {
        WorkScope scope = open.remove(exchange.getExchangeId());
        if (scope != null) {
            scope.end(success);
        }
    }
}
