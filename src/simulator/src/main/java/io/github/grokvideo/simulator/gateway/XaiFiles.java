// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Ids of the files uploaded to xAI, the latest 10,000. Their bytes are not kept. */
public final class XaiFiles {

    private static final int KEPT = 10_000;

    private final Set<String> ids = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KEPT;
        }
    }));

    private final Consumer<String> listener;

    /** @param listener receives the id of every added file, but not of restored ones */
    public XaiFiles(Consumer<String> listener) {
        this.listener = listener;
    }

    String add() {
        String id = "file_" + UUID.randomUUID();
        ids.add(id);
        listener.accept(id);
        return id;
    }

    /** Restores a file of an earlier run. */
    public void restore(String id) {
        ids.add(id);
    }

    /** Removes all files. */
    public void clear() {
        ids.clear();
    }

    boolean knows(String id) {
        return ids.contains(id);
    }
}
