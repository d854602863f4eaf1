// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import io.github.grokvideo.component.camel.identity.AutoJobKey;
import io.github.grokvideo.component.camel.identity.MessageIdentities;
import io.github.grokvideo.component.camel.work.CallPlace;
import io.github.grokvideo.component.camel.work.WorkScopes;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;

/**
 * Makes the job keys of messages that bring none: from what the message is, where in which route the call is, which part of a split and
 * turn of a loop it is for, and the request. All of it is the same when the source delivers the message again, also after a restart.
 * Thread-safe.
 */
final class AutoJobKeys {

    /** Exchange property: a map of how many calls of each base have ended well. */
    private static final String TURNS = "CamelGrokVideoTurns";
    /** Camel counts nodes that have no id of their own: the number of one changes with every node before it. */
    private static final Pattern COUNTED = Pattern.compile("[a-zA-Z]+\\d+");

    private final CamelContext camelContext;

    AutoJobKeys(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** @return empty = it cannot be told which message this is */
    Optional<AutoJobKey> of(
            MessageIdentities identities, Exchange exchange, GrokVideoOperation operation, String account, String requestHash) {
        return identities.of(exchange).map(message -> {
            String position = CallPlace.of(exchange, WorkScopes.of(camelContext).of(exchange)).position();
            String[] parts = { message.kind(), message.text(), route(exchange), node(exchange), operation.name(), account, requestHash,
                    position };
            AutoJobKey key = AutoJobKey.of(message, Arrays.asList(parts), 0);
            return new AutoJobKey(message, key.base(), turns(exchange).getOrDefault(key.base(), 0));
        });
    }

    /** The next call with this base, on the same exchange, is for another video: loops in loops have the same index again. */
    static void endedWell(Exchange exchange, AutoJobKey key) {
        Map<String, Integer> turns = new HashMap<>(turns(exchange));
        turns.put(key.base(), key.turn() + 1);
        // Never changed: copies of the exchange go on counting for themselves.
        exchange.setProperty(TURNS, Map.copyOf(turns));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Integer> turns(Exchange exchange) {
        return exchange.getProperty(TURNS, Map.of(), Map.class);
    }

    /** The id the user gave; else where the route begins, without options: Camel's own ids change when a route is added before it. */
    private String route(Exchange exchange) {
        String id = exchange.getFromRouteId();
        Route route = id == null ? null : camelContext.getRoute(id);
        if (route == null || route.isCustomId()) {
            return "id:" + id;
        }
        String uri = route.getEndpoint().getEndpointUri();
        int options = uri.indexOf('?');
        return "from:" + (options < 0 ? uri : uri.substring(0, options));
    }

    /** @return null = the user gave it no id */
    private static String node(Exchange exchange) {
        String id = exchange.getExchangeExtension().getHistoryNodeId();
        return id == null || COUNTED.matcher(id).matches() ? null : id;
    }
}
