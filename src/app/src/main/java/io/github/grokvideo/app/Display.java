// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

/** Where the person looks. Thread-safe. */
interface Display extends PromptBook.Follower, AutoCloseable {

    /** Shows a line that stays. */
    void line(String text);

    /** Time has gone on. */
    void tick();

    /** Leaves a tidy screen. Lines may still follow. */
    @Override
    void close();
}
