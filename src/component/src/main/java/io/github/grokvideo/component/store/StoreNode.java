// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.time.Duration;

/**
 * An engine on a store that several may use.
 *
 * @param id            unique, also over restarts
 * @param holder        id of its work directory: nodes with the same one see the same files
 * @param submitTimeout how long a POST of it may be on its way
 * @param silence       since its last sign of life, by the store's clock
 */
public record StoreNode(String id, String holder, Duration submitTimeout, Duration silence) {
}
