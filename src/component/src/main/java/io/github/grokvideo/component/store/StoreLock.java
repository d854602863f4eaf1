package io.github.grokvideo.component.store;

import java.sql.SQLException;

/** Keeps a store to one engine: a second one would take the first one's jobs for those of a dead process. */
interface StoreLock extends AutoCloseable {

    /** Nothing outlives the JVM, nobody else can come in. */
    StoreLock NONE = new StoreLock() {
        @Override
        public void check() {
        }

        @Override
        public void close() {
        }
    };

    /** @throws SQLException the store is no longer ours; it may be again later */
    void check() throws SQLException;

    @Override
    void close();
}
