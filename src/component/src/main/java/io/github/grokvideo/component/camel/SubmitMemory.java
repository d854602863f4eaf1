package io.github.grokvideo.component.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * Which jobs an exchange has begun, kept on the exchange: a call that Camel repeats finds the job it has paid for. Immutable, so that
 * the copies which split and multicast make do not see each other's jobs.
 */
record SubmitMemory(List<Entry> entries) {

    /** Exchange property. */
    static final String PROPERTY = "CamelGrokVideoSubmits";
    /** Loops may run for ever: an exchange remembers its last calls only. */
    private static final int MAX_ENTRIES = 64;

    SubmitMemory {
        entries = List.copyOf(entries);
    }

    /**
     * One call.
     *
     * @param call        producer, account, request and key, as one text
     * @param jobId       its job
     * @param done        whether the producer had handed on the job's result
     * @param loop        number of the turn in a loop; null = no loop
     * @param redelivered how often Camel had redelivered the exchange at that time
     */
    record Entry(String call, String jobId, boolean done, Integer loop, int redelivered) {
    }

    /**
     * The job of a call that is repeated: it has not been handed on yet; or it has, and a later part of the route has failed since,
     * so that Camel redelivers the route from before this call. A loop that comes by again wants another video.
     */
    static Optional<String> find(Exchange exchange, String call) {
        int redelivered = redelivered(exchange);
        Integer loop = loop(exchange);
        return of(exchange).entries.stream()
                .filter(entry -> entry.call.equals(call))
                .filter(entry -> !entry.done || redelivered > entry.redelivered && java.util.Objects.equals(loop, entry.loop))
                .reduce((first, last) -> last)
                .map(Entry::jobId);
    }

    static void begun(Exchange exchange, String call, String jobId) {
        store(exchange, call, new Entry(call, jobId, false, loop(exchange), redelivered(exchange)));
    }

    static void done(Exchange exchange, String call, String jobId) {
        store(exchange, call, new Entry(call, jobId, true, loop(exchange), redelivered(exchange)));
    }

    static void forget(Exchange exchange, String call) {
        store(exchange, call, null);
    }

    private static void store(Exchange exchange, String call, Entry entry) {
        List<Entry> entries = new ArrayList<>(of(exchange).entries);
        Integer loop = loop(exchange);
        entries.removeIf(old -> old.call.equals(call) && (!old.done || java.util.Objects.equals(old.loop, loop)));
        if (entry != null) {
            entries.add(entry);
        }
        if (entries.size() > MAX_ENTRIES) {
            entries.remove(0);
        }
        exchange.setProperty(PROPERTY, new SubmitMemory(entries));
    }

    private static SubmitMemory of(Exchange exchange) {
        return exchange.getProperty(PROPERTY) instanceof SubmitMemory memory ? memory : new SubmitMemory(List.of());
    }

    private static int redelivered(Exchange exchange) {
        Integer counter = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, Integer.class);
        return counter == null ? 0 : counter;
    }

    private static Integer loop(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.LOOP_INDEX, Integer.class);
    }
}
