// SPDX-License-Identifier: Apache-2.0
/** The Quarkus extension while an application is built. Internal. */
package io.github.grokvideo.quarkus.deployment;
