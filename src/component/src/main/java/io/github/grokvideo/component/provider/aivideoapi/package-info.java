// SPDX-License-Identifier: Apache-2.0
/** The gateway aivideoapi. Internal. */
package io.github.grokvideo.component.provider.aivideoapi;
