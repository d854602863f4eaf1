// SPDX-License-Identifier: Apache-2.0
/** What consoles submit. */
package io.github.grokvideo.component.camel.observe.submit;
