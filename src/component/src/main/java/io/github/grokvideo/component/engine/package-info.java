// SPDX-License-Identifier: Apache-2.0
/**
 * The engine's interface to the layers above: submit, wait, download, deliver, operate. Internal. The other layers use this package and
 * none of its sub-packages.
 */
package io.github.grokvideo.component.engine;
