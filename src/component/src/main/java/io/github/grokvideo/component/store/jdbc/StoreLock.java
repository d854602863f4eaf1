// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

/** Keeps a store that has room for one process to one engine, and gives back what was opened for that. */
interface StoreLock extends AutoCloseable {

    /** Others may come in. */
    StoreLock NONE = () -> { };

    /** What is to be done every few seconds. May block; throws nothing. */
    default void maintain() {
    }

    @Override
    void close();
}
