// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.work;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;

/**
 * Reports how the processing of an outcome ends. An exchange may be a copy of another, which uses its results after the copy has ended: so
 * processing ends when the exchange and all still open exchanges it was copied from have ended. The exchange's own part moves with it to
 * {@code seda}.
 */
public final class WorkCompletion implements WorkScope.Listener {

    private final WorkScope.Listener listener;
    private final WorkScopes scopes;
    private final AtomicInteger undone = new AtomicInteger(1);
    private final AtomicInteger open = new AtomicInteger(1);
    private final AtomicBoolean failed = new AtomicBoolean();

    private WorkCompletion(WorkScope.Listener listener, WorkScopes scopes) {
        this.listener = listener;
        this.scopes = scopes;
    }

    /** @param listener notified once for all processing; successful if all of it is */
    public static void register(Exchange exchange, WorkScope.Listener listener) {
        WorkCompletion completion = new WorkCompletion(listener, WorkScopes.of(exchange.getContext()));
        WorkScope own = completion.scopes.of(exchange);
        for (WorkScope outer = own.isOf(exchange) ? own.parent() : own; outer != null; outer = outer.parent()) {
            completion.await(outer);
        }
        // Added last, so that the end cannot come before all are registered.
        exchange.getExchangeExtension().addOnCompletion(completion.new Own());
    }

    private void await(WorkScope outer) {
        undone.incrementAndGet();
        open.incrementAndGet();
        WorkScope.Coverage coverage = outer.listen(this);
        if (coverage != WorkScope.Coverage.ALL) {
            undone.decrementAndGet();
        }
        if (coverage == WorkScope.Coverage.NOTHING) {
            open.decrementAndGet();
        }
    }

    @Override
    public void done(boolean success) {
        if (!success) {
            failed.set(true);
        }
        if (undone.decrementAndGet() == 0) {
            listener.done(!failed.get());
        }
    }

    @Override
    public void ended(boolean success) {
        if (!success) {
            failed.set(true);
        }
        if (open.decrementAndGet() == 0) {
            listener.ended(!failed.get());
        }
    }

    /** The exchange's own part. */
    private final class Own implements Synchronization, WorkScope.Listener {

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
                WorkCompletion.this.done(success);
                WorkScope scope = scopes.of(exchange);
                // An onCompletion block is also run as a synchronization, perhaps after this one, and may still read the file.
                if (!scope.isOf(exchange) || scope.listen(this) == WorkScope.Coverage.NOTHING) {
                    WorkCompletion.this.ended(success);
                }
            }
        }

        @Override
        public void ended(boolean success) {
            WorkCompletion.this.ended(success);
        }
    }
}
