// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs callbacks on another executor, or on the caller's thread if that has stopped, since otherwise an exchange would never complete. */
public record CallbackExecutor(Executor callbacks) implements Executor {

    @Override
    public void execute(Runnable callback) {
        try {
            callbacks.execute(callback);
        } catch (RejectedExecutionException stopped) {
            callback.run();
        }
    }
}
