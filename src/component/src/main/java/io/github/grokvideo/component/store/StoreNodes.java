// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.util.List;

/**
 * The engines that share a store: one row each, renewed by heartbeats. Thread-safe; may block. Every method throws
 * {@link io.github.grokvideo.component.error.StoreUnavailableException} when the store does not answer.
 */
public interface StoreNodes {

    /** A sign of life; the first one enters the node. Its silence is not read. */
    void beat(StoreNode node);

    /** @return all nodes that have not left and been removed */
    List<StoreNode> list();

    /** The node has ended and does nothing any more: from now on it counts as silent for ever. */
    void leave(String id);

    /** The store's time, measured anew by each {@link #list}. */
    StoreClock clock();

    /** Nothing is in the node's hands any more. */
    void remove(String id);
}
