// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Ids of the files uploaded to xAI, the latest 10,000. Their bytes are not kept. */
public final class XaiFiles {

    /** Is notified of uploads and deletions while a request is pending, so it must return at once. */
    public interface Listener {

        /** A file was uploaded. */
        void uploaded(String id);

        /** An uploaded file was deleted. */
        void deleted(String id);
    }

    private static final int KEPT = 10_000;

    private final Set<String> ids = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KEPT;
        }
    }));

    private final Listener listener;

    /** @param listener is notified of every added or deleted file, but not of restored ones */
    public XaiFiles(Listener listener) {
        this.listener = listener;
    }

    String add() {
        String id = "file_" + UUID.randomUUID();
        ids.add(id);
        listener.uploaded(id);
        return id;
    }

    /** Deletes a file; false if there is none. */
    boolean delete(String id) {
        boolean deleted = ids.remove(id);
        if (deleted) {
            listener.deleted(id);
        }
        return deleted;
    }

    /** Restores a file of an earlier run. */
    public void restore(String id) {
        ids.add(id);
    }

    /** Restores the deletion of a file. */
    public void restoreDeleted(String id) {
        ids.remove(id);
    }

    /** Removes all files. */
    public void clear() {
        ids.clear();
    }

    boolean knows(String id) {
        return ids.contains(id);
    }
}
