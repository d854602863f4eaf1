// SPDX-License-Identifier: Apache-2.0
/**
 * Why a job failed, as exceptions and as data. API: routes and code catch these exceptions, and
 * {@link io.github.grokvideo.component.error.GrokVideoException#toMap} is what the header {@code CamelGrokVideoError} carries.
 *
 * @serial exclude
 */
package io.github.grokvideo.component.error;
