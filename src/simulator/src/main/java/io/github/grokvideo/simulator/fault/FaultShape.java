// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.fault;

/** How a fault looks on the wire. */
public enum FaultShape {
    /** The gateway's own error envelope. */
    ERROR,
    /** The connection is reset (TCP RST) instead of an answer. */
    RESET,
    /** The connection stays open and nothing is ever answered. */
    NEVER,
    /** The normal answer, late. */
    SLOW,
    /** The normal answer, cut in the middle of its JSON. */
    MALFORMED,
    /** A page of HTML, as proxies and load balancers give. */
    HTML,
    /** A redirect elsewhere, as of a wrong base URL. */
    REDIRECT,
    /** An empty body. */
    EMPTY,
    /** The normal answer with a status word nobody documented. */
    UNKNOWN_STATUS,
    /** The job itself ends otherwise. */
    OUTCOME,
    /** Something happens to the bytes of a download. */
    TRANSFER
}
