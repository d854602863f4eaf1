// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs callbacks on another executor, or on the caller's thread once that has stopped: an exchange that never ends would be worse. */
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
