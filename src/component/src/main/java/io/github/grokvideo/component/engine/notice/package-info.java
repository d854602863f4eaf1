// SPDX-License-Identifier: Apache-2.0
/** Webhook notices: verified, and then only a reason to poll. */
package io.github.grokvideo.component.engine.notice;
