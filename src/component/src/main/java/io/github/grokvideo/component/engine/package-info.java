// SPDX-License-Identifier: Apache-2.0
/**
 * What the engine offers to the layers above: submit, wait, download, deliver, operate. Internal. The other layers use this package and
 * none below it.
 */
package io.github.grokvideo.component.engine;
