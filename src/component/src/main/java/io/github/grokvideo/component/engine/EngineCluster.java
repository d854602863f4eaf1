// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.StoreNodes;

/**
 * What an engine needs if its store outlives it and may be shared with other engines.
 *
 * @param node     id of this engine, unique also across restarts
 * @param holder   id of its work directory
 * @param nodes    the engines on the store
 * @param due      schedules jobs that no engine owns
 * @param accounts finds the accounts that stored jobs refer to; empty = not known on this node
 * @param beats    runs only the heartbeats, so that a busy node does not appear dead
 * @param alone    whether no other engine can use the store
 */
public record EngineCluster(
        String node, String holder, StoreNodes nodes, DueJobs due, Function<String, Optional<VideoAccount>> accounts,
        Executor beats, boolean alone) {

    /** On a store that other engines may use as well. */
    public EngineCluster(
            String node, String holder, StoreNodes nodes, DueJobs due, Function<String, Optional<VideoAccount>> accounts,
            Executor beats) {
        this(node, holder, nodes, due, accounts, beats, false);
    }
}
