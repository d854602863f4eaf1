// SPDX-License-Identifier: Apache-2.0
/** The Quarkus extension at run time: the component's health and metrics where Quarkus has them. Internal. */
package io.github.grokvideo.quarkus;
