// SPDX-License-Identifier: Apache-2.0
/**
 * Interprets gateways' answers, which are untrusted. Internal, except {@link io.github.grokvideo.component.provider.answers.SafeText},
 * which users' gateways need as well.
 */
package io.github.grokvideo.component.provider.answers;
