// SPDX-License-Identifier: Apache-2.0
/** The gateway uniall. Internal. */
package io.github.grokvideo.component.provider.uniall;
