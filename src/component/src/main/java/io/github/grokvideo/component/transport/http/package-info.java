// SPDX-License-Identifier: Apache-2.0
/** Calls through Camel HTTP's client, and the check of each download address before connecting. Internal. */
package io.github.grokvideo.component.transport.http;
