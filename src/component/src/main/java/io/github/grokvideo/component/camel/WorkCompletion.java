package io.github.grokvideo.component.camel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;

/**
 * Tells when the work with an outcome has ended. An exchange may be a copy of another: what it hands on is read there as well, after the
 * copy has ended. So its own work has to end and that of all it was copied from, as far as it still goes on. The exchange's own half
 * moves on with it to {@code seda}.
 */
final class WorkCompletion {

    private final Consumer<Boolean> end;
    private final WorkScopes scopes;
    private final AtomicInteger open = new AtomicInteger(1);
    private final AtomicBoolean failed = new AtomicBoolean();

    private WorkCompletion(Consumer<Boolean> end, WorkScopes scopes) {
        this.end = end;
        this.scopes = scopes;
    }

    /** @param end called once, with whether all the work has succeeded */
    static void register(Exchange exchange, Consumer<Boolean> end) {
        WorkCompletion completion = new WorkCompletion(end, WorkScopes.of(exchange.getContext()));
        WorkScope own = completion.scopes.of(exchange);
        for (WorkScope outer = own.isOf(exchange) ? own.parent() : own; outer != null; outer = outer.parent()) {
            completion.await(outer);
        }
        // The last, so that the end cannot come before all are registered.
        exchange.getExchangeExtension().addOnCompletion(completion.new Own());
    }

    private void await(WorkScope outer) {
        open.incrementAndGet();
        if (!outer.onEnd(this::ended)) {
            open.decrementAndGet();
        }
    }

    private void ended(boolean success) {
        if (!success) {
            failed.set(true);
        }
        if (open.decrementAndGet() == 0) {
            end.accept(!failed.get());
        }
    }

    /** The exchange's own half. */
    private final class Own implements Synchronization {

        private final AtomicBoolean called = new AtomicBoolean();

        @Override
        public void onComplete(Exchange exchange) {
            completed(exchange, true);
        }

        @Override
        public void onFailure(Exchange exchange) {
            completed(exchange, false);
        }

        private void completed(Exchange exchange, boolean success) {
            if (called.compareAndSet(false, true)) {
                WorkScope scope = scopes.of(exchange);
                // An onCompletion block is called like this one, perhaps after it, and may still read the file.
                if (!scope.isOf(exchange) || !scope.onEnd(ignored -> ended(success))) {
                    ended(success);
                }
            }
        }
    }
}
