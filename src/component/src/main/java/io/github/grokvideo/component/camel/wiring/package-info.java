// SPDX-License-Identifier: Apache-2.0
/** Builds the engine from the component's options, and ends it in the right order. Internal. */
package io.github.grokvideo.component.camel.wiring;
