// SPDX-License-Identifier: Apache-2.0
/** What makes two messages the same message, for {@code autoJobKey}. API: {@code MessageIdentity}. The rest is internal. */
package io.github.grokvideo.component.camel.identity;
