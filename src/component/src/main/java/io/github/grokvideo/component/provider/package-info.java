// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of a gateway. API: users implement {@link io.github.grokvideo.component.provider.VideoProvider}. A provider does no I/O:
 * it says what to call and what an answer means.
 */
package io.github.grokvideo.component.provider;
