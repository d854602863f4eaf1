// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.error;

/** Whether money was spent, according to the gateway's answers and documentation. */
public enum Charged {
    /** Money was spent. */
    YES,
    /** Nothing was spent, or it was refunded. */
    NO,
    /** It is not known whether money was spent. */
    UNKNOWN
}
