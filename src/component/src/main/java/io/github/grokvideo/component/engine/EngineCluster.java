// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.StoreNodes;

/**
 * What an engine needs on a store that outlives it and may have other engines.
 *
 * @param node     id of this engine, unique also over restarts
 * @param holder   id of its work directory
 * @param nodes    the engines
 * @param due      times what no engine has in hand
 * @param accounts finds accounts that stored jobs name; empty = not known on this node
 * @param beats    runs the heartbeats and nothing else: a node that is busy is alive
 * @param alone    whether no other engine can be on the store
 */
public record EngineCluster(
        String node, String holder, StoreNodes nodes, DueJobs due, Function<String, Optional<VideoAccount>> accounts,
        Executor beats, boolean alone) {

    /** On a store that others may be on as well. */
    public EngineCluster(
            String node, String holder, StoreNodes nodes, DueJobs due, Function<String, Optional<VideoAccount>> accounts,
            Executor beats) {
        this(node, holder, nodes, due, accounts, beats, false);
    }
}
