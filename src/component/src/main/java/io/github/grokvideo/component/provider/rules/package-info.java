// SPDX-License-Identifier: Apache-2.0
/** Model rules as data: accepted fields and values per mode, and prices. Internal. */
package io.github.grokvideo.component.provider.rules;
