// SPDX-License-Identifier: Apache-2.0
/**
 * The Camel layer: component, endpoint, one producer per operation, the {@code completed} consumer, and the headers ({@link
 * io.github.grokvideo.component.camel.GrokVideoConstants}). API: the component and its configuration, {@code GrokVideoAccount}, and the
 * header names. Everything else is internal.
 */
package io.github.grokvideo.component.camel;
