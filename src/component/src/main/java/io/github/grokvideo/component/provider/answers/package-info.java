// SPDX-License-Identifier: Apache-2.0
/** Interprets gateways' answers, which are untrusted. Internal. */
package io.github.grokvideo.component.provider.answers;
