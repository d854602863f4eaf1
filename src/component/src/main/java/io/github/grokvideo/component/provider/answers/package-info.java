// SPDX-License-Identifier: Apache-2.0
/** Reads answers of gateways, which nobody can trust. Internal. */
package io.github.grokvideo.component.provider.answers;
