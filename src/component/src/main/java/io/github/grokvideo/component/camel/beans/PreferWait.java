// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Reads the HTTP header {@code Prefer: wait=20} (RFC 7240) for a following {@code status}: it sets {@code CamelGrokVideoStatusWait}.
 * {@code status} holds no thread while it waits, but many HTTP servers hold one until a request is answered: so only some requests may
 * wait at a time, and the others are answered at once, as if they had not asked. Thread-safe.
 */
public final class PreferWait {

    /** More digits than any wait needs, fewer than an int has. */
    private static final Pattern WAIT = Pattern.compile("(?i)(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?=$|[,;])");

    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Sets how long {@code status} may wait; removes the header if it may not.
     *
     * @param exchange   the HTTP request
     * @param maxSeconds longest wait, in seconds; a request for more waits so long
     * @param maxWaiting how many exchanges may wait at a time
     */
    public void read(Exchange exchange, int maxSeconds, int maxWaiting) {
        exchange.getMessage().removeHeader(GrokVideoConstants.STATUS_WAIT);
        int seconds = Math.min(seconds(exchange.getMessage().getHeader("Prefer")), maxSeconds);
        if (seconds <= 0) {
            return;
        }
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            return;
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                waiting.decrementAndGet();
            }
        });
        exchange.getMessage().setHeader(GrokVideoConstants.STATUS_WAIT, Duration.ofSeconds(seconds));
    }

    /** @param header a header that was sent more than once is a list; null = there is none */
    static int seconds(Object header) {
        if (header instanceof Collection<?> many) {
            return many.stream().mapToInt(PreferWait::seconds).filter(seconds -> seconds > 0).findFirst().orElse(0);
        }
        Matcher wait = WAIT.matcher(header == null ? "" : header.toString());
        return wait.find() ? Integer.parseInt(wait.group(1)) : 0;
    }
}
