// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

/**
 * An uploaded file; its bytes are counted, not stored.
 *
 * @param field    name of the form field
 * @param filename as the client named it
 * @param mimeType as the client named it
 * @param size     bytes
 */
public record Upload(String field, String filename, String mimeType, long size) {
}
