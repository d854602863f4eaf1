// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import io.github.grokvideo.app.PromptRun.Stage;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.GrokVideoException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Follows the routes by Camel's events, so that they need not know of the app. */
final class RouteWatcher extends EventNotifierSupport {

    private final PromptBook book;
    private final Path inbox;
    private final Path outbox;
    private final Consumer<String> screen;
    private final Set<GrokVideoComponent> followed = ConcurrentHashMap.newKeySet();

    /** @param screen gets a line for each retry */
    RouteWatcher(PromptBook book, Path inbox, Path outbox, Consumer<String> screen) {
        this.book = book;
        this.inbox = inbox.toAbsolutePath().normalize();
        this.outbox = outbox.toAbsolutePath().normalize();
        this.screen = screen;
    }

    @Override
    protected void doBuild() throws Exception {
        super.doBuild();
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSendingEvent sending) {
            sending(sending.getExchange(), sending.getEndpoint());
        } else if (event instanceof ExchangeSentEvent sent) {
            sent(sent.getExchange(), sent.getEndpoint());
        } else if (event instanceof ExchangeRedeliveryEvent again) {
            screen.accept(PlainText.of(name(again.getExchange())) + " is asked for again: "
                    + problem(again.getExchange().getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
        } else if (event instanceof ExchangeCompletedEvent completed) {
            completed(completed.getExchange());
        } else if (event instanceof ExchangeFailedEvent failure) {
            end(failure.getExchange(), Stage.LATER);
        }
    }

    private void sending(Exchange exchange, Endpoint endpoint) {
        // What the app itself asks the component is no prompt.
        if (exchange.getFromRouteId() != null && endpoint.getComponent() instanceof GrokVideoComponent component) {
            if (followed.add(component)) {
                component.getEngine().addListener(book);
            }
            book.begin(exchange.getExchangeId(), name(exchange),
                    exchange.getMessage().getHeader(GrokVideoConstants.JOB_KEY, String.class));
        }
    }

    private void sent(Exchange exchange, Endpoint endpoint) {
        if (exchange.getException() != null) {
            return;
        }
        String produced = produced(exchange, endpoint);
        if (produced != null && Path.of(produced).toAbsolutePath().normalize().startsWith(outbox)
                && !Path.of(produced).toAbsolutePath().normalize().startsWith(inbox)) {
            book.stored(exchange.getExchangeId(), Path.of(produced));
        }
    }

    /** A route writes its video itself, or has the component put it there. @return null = this endpoint has written nothing */
    private static String produced(Exchange exchange, Endpoint endpoint) {
        if (endpoint instanceof FileEndpoint) {
            return exchange.getMessage().getHeader(Exchange.FILE_NAME_PRODUCED, String.class);
        }
        return endpoint.getComponent() instanceof GrokVideoComponent
                ? exchange.getMessage().getHeader(GrokVideoConstants.FILE, String.class) : null;
    }

    private void completed(Exchange exchange) {
        // An onException has put the prompt away. What a doTry caught on the way is none of that.
        ExchangeExtension state = exchange.getExchangeExtension();
        if (state.isErrorHandlerHandledSet() && state.isErrorHandlerHandled()) {
            end(exchange, Stage.FAILED);
        } else {
            book.end(exchange.getExchangeId(), Stage.DONE, null, null);
        }
    }

    private String name(Exchange exchange) {
        String path = exchange.getMessage().getHeader("CamelFileAbsolutePath", String.class);
        if (path != null && Path.of(path).normalize().startsWith(inbox)) {
            return inbox.relativize(Path.of(path).normalize()).toString();
        }
        return exchange.getMessage().getHeader(Exchange.FILE_NAME, exchange.getExchangeId(), String.class);
    }

    private void end(Exchange exchange, Stage stage) {
        Throwable cause = exchange.getException() != null
                ? exchange.getException() : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        book.end(exchange.getExchangeId(), stage, problem(cause),
                cause instanceof GrokVideoException failure ? failure.getCharged() : Charged.UNKNOWN);
    }

    private static String problem(Throwable cause) {
        if (cause instanceof DetachedException) {
            return "Stopped while its job was waiting";
        }
        if (cause instanceof GrokVideoException failure) {
            return PlainText.of(failure.getError().type() + ": " + failure.getError().message()) + " (charged: "
                    + failure.getCharged().name().toLowerCase(java.util.Locale.ROOT) + ")";
        }
        return cause == null ? "unknown" : PlainText.of(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
}
