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
 * Derives job keys for messages that have none: from the identity of the message, the place of the call in its route, the part of a split
 * and turn of a loop, and the request. All of these are the same when the source redelivers the message, even after a restart. Thread-safe.
 */
final class AutoJobKeys {

    /** Exchange property: how many calls have succeeded, by key base. */
    private static final String TURNS = "CamelGrokVideoTurns";
    /** Ids that Camel generates for nodes without one; their number changes with every node before them. */
    private static final Pattern COUNTED = Pattern.compile("[a-zA-Z]+\\d+");

    private final CamelContext camelContext;

    AutoJobKeys(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** @return empty = the message cannot be identified */
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

    /** The next call with this base on the same exchange is for another video: nested loops repeat their indexes. */
    static void succeeded(Exchange exchange, AutoJobKey key) {
        Map<String, Integer> turns = new HashMap<>(turns(exchange));
        turns.put(key.base(), key.turn() + 1);
        // Immutable, so that copies of the exchange count independently.
        exchange.setProperty(TURNS, Map.copyOf(turns));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Integer> turns(Exchange exchange) {
        return exchange.getProperty(TURNS, Map.of(), Map.class);
    }

    /** The route id set by the user; else the from URI without options, since generated ids change when a route is added before it. */
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

    /** @return null = the user set no id */
    private static String node(Exchange exchange) {
        String id = exchange.getExchangeExtension().getHistoryNodeId();
        return id == null || COUNTED.matcher(id).matches() ? null : id;
    }
}
