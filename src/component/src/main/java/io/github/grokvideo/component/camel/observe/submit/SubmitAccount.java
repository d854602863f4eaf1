// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.nio.file.Path;
import java.util.Objects;
import io.github.grokvideo.component.engine.VideoAccount;

/**
 * An account that lets consoles submit.
 *
 * @param account   who pays
 * @param directory where the videos stay; null = a {@code completed} consumer takes them
 */
public record SubmitAccount(VideoAccount account, Path directory) {

    public SubmitAccount {
        Objects.requireNonNull(account, "account");
    }

    String name() {
        return account.name();
    }
}
