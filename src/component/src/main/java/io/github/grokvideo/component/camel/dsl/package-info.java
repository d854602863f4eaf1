// SPDX-License-Identifier: Apache-2.0
/**
 * The methods of Camel's endpoint DSL for {@code grokvideo:} endpoints, generated from the options. Needs {@code camel-endpointdsl}, which
 * is optional.
 */
package io.github.grokvideo.component.camel.dsl;
