// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The ids that were added last. Thread-safe. */
public final class RecentIds {

    /** A few MB at most: ids are shorter than 300 characters. */
    private static final int MAX = 10_000;

    private final Set<String> ids = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> oldest) {
            return size() > MAX;
        }
    }));

    /** @return whether it is new */
    public boolean add(String id) {
        return ids.add(id);
    }

    /** @return whether it was there */
    public boolean remove(String id) {
        return ids.remove(id);
    }

    public boolean contains(String id) {
        return ids.contains(id);
    }
}
