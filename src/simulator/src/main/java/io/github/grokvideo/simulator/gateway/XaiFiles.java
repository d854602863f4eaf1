package io.github.grokvideo.simulator.gateway;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Ids of the files uploaded to xAI, the latest 10,000. Their bytes are not kept. */
final class XaiFiles {

    private static final int KEPT = 10_000;

    private final Set<String> ids = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KEPT;
        }
    }));

    String add() {
        String id = "file_" + UUID.randomUUID();
        ids.add(id);
        return id;
    }

    boolean knows(String id) {
        return ids.contains(id);
    }
}
