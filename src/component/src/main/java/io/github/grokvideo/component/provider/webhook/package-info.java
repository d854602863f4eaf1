// SPDX-License-Identifier: Apache-2.0
/** How the notices of each gateway's webhook are signed. Pure. */
package io.github.grokvideo.component.provider.webhook;
