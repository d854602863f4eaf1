// SPDX-License-Identifier: Apache-2.0
/** The only layer that does HTTP: calls to gateways and downloads, with bounded answers. Internal. */
package io.github.grokvideo.component.transport;
