// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.util.List;

/**
 * The engines that share a store: one row each, renewed by heartbeats. Thread-safe; may block. Every method throws
 * {@link io.github.grokvideo.component.error.StoreUnavailableException} if the store does not answer.
 */
public interface StoreNodes {

    /**
     * Records a heartbeat. The first one registers the node.
     *
     * @param node the node; its silence is ignored
     */
    void beat(StoreNode node);

    /**
     * Lists the registered nodes.
     *
     * @return all nodes that have not been removed, including those that have left
     */
    List<StoreNode> list();

    /**
     * Marks a node as ended: from now on it counts as silent indefinitely.
     *
     * @param id id of the node
     */
    void leave(String id);

    /**
     * The store's time, measured again by each {@link #list}.
     *
     * @return the clock
     */
    StoreClock clock();

    /**
     * Removes a node that no longer owns any jobs.
     *
     * @param id id of the node
     */
    void remove(String id);
}
