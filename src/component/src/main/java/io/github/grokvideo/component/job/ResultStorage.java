// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.util.Objects;

/**
 * Asks a gateway to keep the finished video in its own file storage, beyond the life of its URL. Gateways may charge for it.
 *
 * @param fileName     name of the file there; never null
 * @param expiresAfter seconds until the gateway deletes it; null = the gateway's default, which may be never
 * @param publicUrl    whether the gateway also publishes it under a URL that anyone can read; null = no
 */
public record ResultStorage(String fileName, Integer expiresAfter, Boolean publicUrl) {

    /**
     * @param fileName     name of the file there; never null
     * @param expiresAfter seconds until the gateway deletes it; null = the gateway's default
     * @param publicUrl    whether anyone may read it; null = no
     */
    public ResultStorage {
        Objects.requireNonNull(fileName, "fileName");
    }
}
