// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

/** Locks a store that only one engine may use, and closes what was opened for it. */
interface StoreLock extends AutoCloseable {

    /** No lock: other engines may use the store. */
    StoreLock NONE = () -> { };

    /** Maintenance, called every few seconds. May block; throws nothing. */
    default void maintain() {
    }

    @Override
    void close();
}
