// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** Whether money was spent, as far as the gateway's answers and documents say. */
public enum Charged {
    YES,
    NO,
    UNKNOWN
}
