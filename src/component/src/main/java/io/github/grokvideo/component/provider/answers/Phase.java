// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

/** What a gateway's status word means. */
public enum Phase {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    MODERATED,
    EXPIRED,
    CANCELLED
}
