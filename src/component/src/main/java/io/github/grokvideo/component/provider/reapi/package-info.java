// SPDX-License-Identifier: Apache-2.0
/** The gateway reapi. Internal. */
package io.github.grokvideo.component.provider.reapi;
