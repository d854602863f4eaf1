// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.work;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * Where a message makes a call: node of the route, part of a split, turn of a loop. The same request at two places is two calls.
 *
 * @param node     id of the route's node; null = an EIP made the call on a copy of its own, which has no node
 * @param position the indexes of the splits, multicasts and loops around the call, from the outermost to the innermost; never null
 */
public record CallPlace(String node, String position) {

    public CallPlace {
        Objects.requireNonNull(position, "position");
    }

    /** Must be called while the exchange is at the call. */
    public static CallPlace of(Exchange exchange, WorkScope scope) {
        return new CallPlace(exchange.getExchangeExtension().getHistoryNodeId(),
                scope.position() + Indexes.of(exchange).loopSince(scope.indexes()));
    }

    /** Whether this is exactly the same place. */
    boolean is(CallPlace other) {
        return position.equals(other.position) && isAtNodeOf(other);
    }

    /** An unknown node may be any node. */
    boolean isAtNodeOf(CallPlace other) {
        return node == null || other.node == null || node.equals(other.node);
    }

    /** The indexes that Camel sets on an exchange. They remain after the split or loop has ended. */
    record Indexes(Integer split, Integer multicast, Integer loop) {

        public static Indexes of(Exchange exchange) {
            return new Indexes(
                    exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class),
                    exchange.getProperty(ExchangePropertyKey.MULTICAST_INDEX, Integer.class),
                    exchange.getProperty(ExchangePropertyKey.LOOP_INDEX, Integer.class));
        }

        /**
         * The step from an exchange to its copy, as text.
         *
         * @param begun indexes that the copied exchange began with, which the copy has inherited
         */
        String since(Indexes begun) {
            return step("s", split, begun.split) + step("m", multicast, begun.multicast) + loopSince(begun);
        }

        String loopSince(Indexes begun) {
            return step("l", loop, begun.loop);
        }

        private static String step(String kind, Integer index, Integer begun) {
            return index == null || index.equals(begun) ? "" : "/" + kind + index;
        }
    }
}
