// SPDX-License-Identifier: Apache-2.0
/** The only layer that uses HTTP: gateway calls and downloads, with bounded responses. Internal. */
package io.github.grokvideo.component.transport;
