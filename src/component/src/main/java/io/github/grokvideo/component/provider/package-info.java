// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of a gateway. API: users implement {@link io.github.grokvideo.component.provider.VideoProvider}. A provider does no I/O:
 * it creates calls and interprets answers.
 */
package io.github.grokvideo.component.provider;
