package io.github.grokvideo.component.camel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.spi.UnitOfWork;

/**
 * Tells when the work on an exchange has ended, for an exchange that may be a part of another: split and multicast end their parts
 * first and work on with their bodies. So both have to end. The exchange's own half moves on with it to {@code seda}.
 */
final class WorkCompletion {

    private final Consumer<Boolean> end;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean failed = new AtomicBoolean();

    private WorkCompletion(Consumer<Boolean> end) {
        this.end = end;
    }

    /** @param end called once, with whether all the work has succeeded */
    static void register(Exchange exchange, Consumer<Boolean> end) {
        WorkCompletion completion = new WorkCompletion(end);
        UnitOfWork whole = exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, UnitOfWork.class);
        // Without a route it has ended already, after a timeout for example, and would never call back.
        boolean part = whole != null && whole != exchange.getUnitOfWork() && whole.getRoute() != null;
        completion.open.set(part ? 2 : 1);
        if (part) {
            whole.addSynchronization(completion.new Half());
        }
        exchange.getExchangeExtension().addOnCompletion(completion.new Half());
    }

    private void ended(boolean success) {
        if (!success) {
            failed.set(true);
        }
        if (open.decrementAndGet() == 0) {
            end.accept(!failed.get());
        }
    }

    /** One of the two. */
    private final class Half implements Synchronization {

        private final AtomicBoolean called = new AtomicBoolean();

        @Override
        public void onComplete(Exchange exchange) {
            if (called.compareAndSet(false, true)) {
                ended(true);
            }
        }

        @Override
        public void onFailure(Exchange exchange) {
            if (called.compareAndSet(false, true)) {
                ended(false);
            }
        }
    }
}
