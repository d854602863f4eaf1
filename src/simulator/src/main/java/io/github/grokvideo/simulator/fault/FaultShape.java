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
    /** The normal answer, truncated within its JSON. */
    MALFORMED,
    /** A page of HTML, as from proxies and load balancers. */
    HTML,
    /** A redirect, as with a wrong base URL. */
    REDIRECT,
    /** An empty body. */
    EMPTY,
    /** The normal answer with an undocumented status word. */
    UNKNOWN_STATUS,
    /** The gateway's own call to the client is affected. */
    CALLBACK,
    /** The job itself has another outcome. */
    OUTCOME,
    /** The bytes of a download are affected. */
    TRANSFER
}
